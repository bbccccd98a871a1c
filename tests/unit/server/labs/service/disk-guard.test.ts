import { Writable } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import type { EngineState } from '../../../../../contract/lab.ts';
import { DiskGuard } from '../../../../../server/labs/service/disk-guard.ts';
import { createLogger } from '../../../../../server/logging/logger.ts';
import { fakeAgent } from '../../fakes/fake-agent.ts';

const GIB = 1024 ** 3;
const log = createLogger('silent', new Writable());

function full(share: number, state: EngineState = 'running') {
  return { disk: { usedBytes: share * 20 * GIB, limitBytes: 20 * GIB }, engine: { state } };
}

describe('the disk of a lab', () => {
  it('causes no warning below 80 %, and one above', async () => {
    const engine = vi.fn();
    const guard = new DiskGuard(log);
    expect(await guard.hold(full(0.79), fakeAgent({ engine }))).toEqual({ problem: null, obeyed: true });
    expect(await guard.hold(full(0.8), fakeAgent({ engine }))).toMatchObject({
      problem: { code: 'lab.disk-high', message: expect.stringContaining('16,0 Gio sur 20,0 Gio') },
      obeyed: true,
    });
    expect(engine).not.toHaveBeenCalled();
  });

  it('stops the lab’s engine when it is full, once', async () => {
    const engine = vi.fn(async () => ({ agent: 'a', engine: { state: 'stopped' as const } }));
    const guard = new DiskGuard(log);
    expect(await guard.hold(full(1.1), fakeAgent({ engine }))).toMatchObject({ problem: { code: 'lab.disk-full' }, obeyed: true });
    await guard.hold(full(1.1, 'stopped'), fakeAgent({ engine }));
    expect(engine.mock.calls).toEqual([['stop']]);
  });

  it('reports an engine that does not obey, whatever the lab claims', async () => {
    const guard = new DiskGuard(log);
    const deaf = fakeAgent({ engine: async () => ({ agent: 'a', engine: { state: 'running' as const } }) });
    expect(await guard.hold(full(1), deaf)).toMatchObject({ obeyed: false });
    expect(await guard.hold(full(1), fakeAgent({ engine: () => Promise.reject(new Error('it is gone')) }))).toMatchObject({
      obeyed: false,
    });
  });

  it('stops the whole lab if it keeps growing, whatever it claims about its engine', async () => {
    expect(await new DiskGuard(log).hold(full(1.25, 'stopped'), fakeAgent())).toMatchObject({
      problem: { code: 'lab.disk-full' },
      obeyed: false,
    });
  });

  it('gives the learner two minutes to free space after restarting the engine', async () => {
    const engine = vi.fn(async () => ({ agent: 'a', engine: { state: 'stopped' as const } }));
    const guard = new DiskGuard(log);
    guard.grant(1000);
    expect(await guard.hold(full(1), fakeAgent({ engine }), 120_000)).toMatchObject({ problem: { code: 'lab.disk-full' }, obeyed: true });
    expect(engine).not.toHaveBeenCalled();
    await guard.hold(full(1), fakeAgent({ engine }), 121_001);
    expect(engine).toHaveBeenCalledOnce();
  });
});
