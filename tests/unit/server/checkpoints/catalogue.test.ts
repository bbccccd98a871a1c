import { expect, it } from 'vitest';
import { criteriaOf, criterion, knownTasks } from '../../../../server/checkpoints/catalogue.ts';
import { UNSAID } from '../../../../server/checkpoints/lesson-test/cases/describe-case.ts';
import { readCases } from '../../../../server/checkpoints/lesson-test/read-cases.ts';
import { namersOf } from '../../../../server/checkpoints/named-causes.ts';
import { plan, planned } from '../../../../server/checkpoints/plan.ts';

it('judges criteria of the plan only, as the plan says, and their prerequisites are criteria', () => {
  const judged = knownTasks().flatMap((task) => criteriaOf(task));
  expect(judged.length).toBeGreaterThan(0);
  for (const { id, act, needs } of judged) {
    expect(act !== undefined, id).toBe(planned(id).judge === 'trial');
    for (const need of needs) expect(criterion(need).id).toBe(need);
  }
});

it('never makes two criteria wait for each other, by what they need or by who names their cause', () => {
  const all = knownTasks().flatMap((task) => criteriaOf(task));
  const before = (id: string, seen: readonly string[]): void => {
    expect(seen, [...seen, id].join(' → ')).not.toContain(id);
    for (const other of [...criterion(id).needs, ...namersOf(id)]) before(criterion(other).id, [...seen, id]);
  };
  for (const { id } of all) before(id, []);
});

it('plans all 120 points, each row as the brief has it', () => {
  for (const row of plan().rows) {
    const points = plan()
      .criteria.filter((one) => one.row === row.id)
      .reduce((sum, one) => sum + one.points, 0);
    expect(points, row.id).toBe(row.points);
  }
  expect(plan().rows.reduce((sum, row) => sum + row.points, 0)).toBe(120);
});

const mistakes = (await Promise.all(knownTasks().map((task) => readCases('mistakes', task)))).flat();
const variants = (await Promise.all(knownTasks().map((task) => readCases('variants', task)))).flat();

it('knows mistakes and variants enough, and for each criterion a mistake that fails it', () => {
  expect(mistakes.length).toBeGreaterThanOrEqual(45);
  expect(variants.length).toBeGreaterThanOrEqual(25);
  const failed = new Set(mistakes.flatMap(({ fails }) => fails.map(({ criterion }) => criterion)));
  for (const { id } of knownTasks().flatMap((task) => criteriaOf(task))) expect(failed, id).toContain(id);
});

it.each(mistakes)('says by which code $name fails', ({ fails }) => {
  expect(fails.length).toBeGreaterThan(0);
  for (const { criterion: id, code } of fails) {
    expect(criterion(id).id).toBe(id);
    expect(code).toMatch(/^[a-z][a-z-]*\.[a-z-]+$/);
  }
});

it.each([...mistakes, ...variants])('says in a sentence what $name is', ({ what }) => {
  expect(what).not.toBe(UNSAID);
});

it.each(variants)('expects nothing to fail of the variant $name', ({ fails }) => {
  expect(fails).toEqual([]);
});
