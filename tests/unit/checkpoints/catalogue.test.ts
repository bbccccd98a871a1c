import { expect, it } from 'vitest';
import { criterion, knownTasks } from '../../../server/checkpoints/catalogue.ts';
import { readCases } from '../../../server/checkpoints/lesson-test/read-cases.ts';
import { plan } from '../../../server/checkpoints/plan.ts';

it('judges every criterion of the plan, and its prerequisites are criteria', () => {
  for (const { id, judge } of plan().criteria) {
    const found = criterion(id);
    expect(found.trial !== undefined, id).toBe(judge === 'trial');
    for (const need of found.needs) expect(criterion(need).id).toBe(need);
  }
});

it('gives no row more points than the brief does', () => {
  for (const row of plan().rows) {
    const points = plan()
      .criteria.filter((one) => one.row === row.id)
      .reduce((sum, one) => sum + one.points, 0);
    expect(points, row.id).toBeLessThanOrEqual(row.points);
  }
  expect(plan().rows.reduce((sum, row) => sum + row.points, 0)).toBe(120);
});

it.each(knownTasks())('knows enough mistakes and variants of %s, and a mistake for each criterion', async (task) => {
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
