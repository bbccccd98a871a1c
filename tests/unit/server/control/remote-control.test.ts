import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Verdict } from '../../../../contract/verdict.ts';
import { remoteControl } from '../../../../server/control/remote-control.ts';
import { ServerConnection } from '../../../../server/control/server-connection.ts';
import { SOLO_LEARNER } from '../../../../server/learner.ts';
import { FakeDriver } from '../fakes/fake-driver.ts';
import { fakeLabs } from '../fakes/fake-labs.ts';
import { Served } from '../fakes/served.ts';

const MET: Verdict = {
  id: '1.3/non-root',
  task: '1.3',
  row: 'security',
  points: 2,
  judge: 'program',
  title: 't',
  remarks: [],
  evidence: [],
  verdict: 'met',
};
const driver = new FakeDriver();
const check = vi.fn(async () => [MET]);
let served: Served;

beforeAll(async () => {
  served = await Served.open({ labs: fakeLabs({ driver, checker: { check } }) });
});
afterAll(() => served.close());

const connection = (token = served.control.value) => new ServerConnection({ pid: 1, port: served.port, token });

describe('the command line with a running server', () => {
  it('recognises the server by its token', async () => {
    expect(await connection().answers()).toBe(true);
    expect(await connection(served.page.value).answers()).toBe(false);
    expect(await new ServerConnection({ pid: 1, port: 1, token: 'x'.repeat(43) }).answers()).toBe(false);
  });

  it('gets the same results for every verb as from the services', async () => {
    const { labs } = remoteControl(connection());
    const started = await labs.start();
    expect(started).toMatchObject({ state: 'ready', container: `c-${started.lab}` });
    expect(await labs.list()).toMatchObject([{ lab: started.lab, state: 'ready' }]);
    expect(await labs.status(started.lab)).toMatchObject({ state: 'ready' });
    expect((await labs.agent(started.lab)).dockerOptions.headers.authorization).toBe(`Bearer ${driver.specs[0]?.agentToken}`);
    expect(await labs.check(started.lab, ['1.3'], { trials: true, waitMs: 5 })).toMatchObject({ lab: started.lab, criteria: [MET] });
    expect(check).toHaveBeenCalledWith(['1.3'], expect.objectContaining({ trials: true, waitMs: 5, learner: SOLO_LEARNER }));
    expect(await labs.stop(started.lab)).toMatchObject({ state: 'stopped' });
    await labs.remove(started.lab);
    expect(await labs.list()).toEqual([]);
  });

  it('gets the errors that the services throw', async () => {
    const { labs } = remoteControl(connection());
    await expect(labs.status('nobody')).rejects.toMatchObject({ code: 'lab.unknown', kind: 'not-found', exitStatus: 64 });
    await expect(labs.status('../server')).rejects.toMatchObject({ code: 'request.invalid' });
    await expect(remoteControl(connection('x'.repeat(43))).labs.list()).rejects.toMatchObject({ code: 'session.unauthorized' });
    await expect(remoteControl(new ServerConnection({ pid: 1, port: 1, token: 'x' })).labs.list()).rejects.toMatchObject({
      code: 'server.gone',
    });
  });

  it('stops the work it began when interrupted', async () => {
    const { labs } = remoteControl(connection());
    driver.mayStart = new Promise(() => undefined);
    const interrupt = new AbortController();
    const start = labs.start({ lab: 'slow', signal: interrupt.signal });
    const asked = driver.specs.length;
    await vi.waitFor(() => expect(driver.specs.length).toBe(asked + 1));
    interrupt.abort();
    await expect(start).rejects.toThrow();
    await vi.waitFor(async () =>
      expect(await labs.status('slow')).toMatchObject({ state: 'failed', problem: { code: 'lab.interrupted' } }),
    );
  });
});
