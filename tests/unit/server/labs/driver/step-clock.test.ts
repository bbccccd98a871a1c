import { expect, test } from 'vitest';
import type { LabStep } from '../../../../../contract/lab.ts';
import { StepClock } from '../../../../../server/labs/driver/step-clock.ts';

test('each step is reported once as running and once as done, and the current one when it fails', () => {
  const told: LabStep[] = [];
  const clock = new StepClock((step) => told.push(step));
  clock.begin('volumes').begin('volumes').done('volumes').done('volumes').begin('agent');
  expect(clock.current()).toBe('agent');
  clock.fail();
  expect(told.map(({ id, state }) => `${id} ${state}`)).toEqual(['volumes running', 'volumes done', 'agent running', 'agent failed']);
  expect(told[1]?.tookMs).toBeGreaterThanOrEqual(0);
});
