import { expect, it } from 'vitest';
import { criteriaOf, criterion, knownTasks } from '../../../server/checkpoints/catalogue.ts';
import { readCases } from '../../../server/checkpoints/lesson-test/read-cases.ts';
import { plan, planned } from '../../../server/checkpoints/plan.ts';

it('judges criteria of the plan only, as the plan says, and their prerequisites are criteria', () => {
  const judged = knownTasks().flatMap((task) => criteriaOf(task));
  expect(judged.length).toBeGreaterThan(0);
  for (const { id, trial, needs } of judged) {
    expect(trial !== undefined, id).toBe(planned(id).judge === 'trial');
    for (const need of needs) expect(criterion(need).id).toBe(need);
  }
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

const cases = await Promise.all(knownTasks().map(async (task) => ({ task, mistakes: await readCases('mistakes', task) })));
const begun = cases.filter(({ mistakes }) => mistakes.length > 0).map(({ task }) => task);

it.each(begun)('knows enough mistakes and variants of %s, and a mistake for each criterion', async (task) => {
  const mistakes = await readCases('mistakes', task);
  expect(mistakes.length).toBeGreaterThanOrEqual(10);
  expect((await readCases('variants', task)).length).toBeGreaterThanOrEqual(8);
  const failed = new Set(mistakes.flatMap(({ fails }) => fails.map((fail) => fail.criterion)));
  expect([...failed].sort()).toEqual(
    plan()
      .criteria.filter((one) => one.task === task)
      .map(({ id }) => id)
      .sort(),
  );
});
