import { describe, expect, it } from 'vitest';
import { serviceState } from '../../../../../../server/checkpoints/readers/container/service-state.ts';
import type { ContainerFacts } from '../../../../../../server/lab-engine/definitions.ts';

const NOW = Date.UTC(2026, 0, 1);

const running = (facts: Partial<ContainerFacts>): ContainerFacts => ({
  id: 'c1',
  name: 'project-cache-1',
  image: 'sha256:1',
  imageName: 'busybox',
  labels: {},
  state: 'running',
  exitCode: 0,
  error: '',
  oomKilled: false,
  restarts: 0,
  createdMs: NOW - 60_000,
  startedMs: NOW - 60_000,
  finishedMs: 0,
  health: null,
  user: '',
  env: [],
  mounts: [],
  command: [],
  networks: [],
  addresses: {},
  ports: [],
  ...facts,
});

const stateAfter = (ms: number, facts: Partial<ContainerFacts> = {}) => serviceState(running({ startedMs: NOW - ms, ...facts }), NOW).state;

describe('a container that runs', () => {
  it('without a health check is good once it did not end at once', () => {
    expect(stateAfter(200)).toBe('starting');
    expect(stateAfter(2000)).toBe('good');
  });

  it('is what its health check says', () => {
    expect(stateAfter(200, { health: { status: 'healthy', lastOutput: '' } })).toBe('good');
    expect(stateAfter(60_000, { health: { status: 'starting', lastOutput: '' } })).toBe('starting');
    expect(stateAfter(60_000, { health: { status: 'unhealthy', lastOutput: '' } })).toBe('unhealthy');
  });

  it('and was started again is not good before it has run for a while', () => {
    expect(stateAfter(5000, { restarts: 1 })).toBe('starting');
    expect(stateAfter(5000, { restarts: 2 })).toBe('restarting');
    expect(stateAfter(5000, { restarts: 1, state: 'restarting' })).toBe('starting');
    expect(stateAfter(20_000, { restarts: 7 })).toBe('good');
  });

  it('is taken as it is where the clock of its engine is ahead of ours', () => {
    expect(stateAfter(-60_000, { restarts: 1 })).toBe('good');
  });
});
