import { expect, test } from 'vitest';
import { taskPlan } from '../../../../src/lib/plan.ts';

const criterion = { task: '1.3', judge: 'program', title: 'Un titre : le sien' } as const;
const plan = {
  rows: [
    { id: 'dockerfile', points: 15, title: 'Dockerfile optimisé' },
    { id: 'security', points: 10, title: 'Sécurité' },
  ],
  criteria: [
    { ...criterion, id: '1.3/a', row: 'security', points: 1 },
    { ...criterion, id: '1.3/b', row: 'dockerfile', points: 2 },
    { ...criterion, id: '1.3/c', row: 'dockerfile', points: 3 },
    { ...criterion, id: '1.4/d', task: '1.4', row: 'security', points: 4 },
  ],
};

test('lists the criteria of the task only, with French spaces, and sums them by row', () => {
  const { criteria, points, shares } = taskPlan(plan, '1.3');
  expect(criteria.map(({ id }) => id)).toEqual(['1.3/a', '1.3/b', '1.3/c']);
  expect(criteria[0]?.title).toBe('Un titre\u202f: le sien');
  expect(points).toBe(6);
  expect(shares).toBe('5\u00a0points vont à «\u202fDockerfile optimisé\u202f», 1 à «\u202fSécurité\u202f».');
});

test('a task without criteria has no shares', () => {
  expect(taskPlan(plan, '2.1')).toEqual({ criteria: [], points: 0, shares: '' });
});
