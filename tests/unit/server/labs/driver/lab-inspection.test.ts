import type { ContainerInspectInfo } from 'dockerode';
import { expect, test } from 'vitest';
import { inspectionOf } from '../../../../../server/labs/driver/lab-inspection.ts';

/** The part of an inspection that tells a lab's state. */
function ended(state: Partial<ContainerInspectInfo['State']>): ContainerInspectInfo {
  const seen = {
    Id: 'c0ffee',
    Config: { Labels: {} },
    NetworkSettings: { Ports: {} },
    State: { Running: false, OOMKilled: false, Dead: false, ExitCode: 0, ...state },
  };
  return seen as unknown as ContainerInspectInfo;
}

test.each([
  ['by itself', {}, 'stopped'],
  ['by the signal', { ExitCode: 143 }, 'stopped'],
  ['by the engine, which lost patience', { ExitCode: 137 }, 'stopped'],
  ['on request, after one of its processes was killed for memory', { ExitCode: 0, OOMKilled: true }, 'stopped'],
  ['killed for memory', { ExitCode: 137, OOMKilled: true }, 'failed'],
  ['by an error', { ExitCode: 1 }, 'failed'],
  ['and the engine cannot remove it', { Dead: true }, 'failed'],
])('a lab that ended %s', (_, state, told) => {
  expect(inspectionOf('solo', ended(state), false)).toMatchObject({ state: told, endpoint: null });
});

test('a running lab is ready, unless its start goes on', () => {
  expect(inspectionOf('solo', ended({ Running: true }), false).state).toBe('ready');
  expect(inspectionOf('solo', ended({ Running: true }), true).state).toBe('starting');
});
