import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { runDoctor } from '../../../../server/doctor/run-doctor.ts';
import type { DoctorWorld } from '../../../../server/doctor/world.ts';

const somebody = createServer((_, response) => response.end('ok'));
await new Promise<void>((resolve) => somebody.listen(0, '127.0.0.1', resolve));
const taken = (somebody.address() as AddressInfo).port;
afterAll(() => {
  somebody.close();
});

const bare: DoctorWorld = {
  engine: null,
  addresses: ['unix:///nowhere/docker.sock'],
  stateDir: '/nowhere',
  port: taken,
  servedPort: null,
  isolation: 'userns',
  labImage: async () => null,
  courseImages: async () => [],
  labMemoryBytes: () => 1024 ** 3,
  packageSources: [
    { name: 'PyPI', url: `http://127.0.0.1:${taken}/simple/pip/` },
    { name: 'Debian', url: 'http://127.0.0.1:1/debian' },
    { name: 'npm', url: null },
  ],
  proxy: { HTTPS_PROXY: 'http://anne:s3cret@proxy.example:3128' },
  extraAuthorities: 2,
};

describe('the doctor on a machine without an engine', () => {
  it('names the engine as the problem, how to mend it, and how many labs fit as unknown', async () => {
    const report = await runDoctor(bare);
    expect(report).toMatchObject({ ok: false, labsFit: null, isolation: 'userns' });
    expect(report.items.filter(({ state }) => state === 'problem')).toEqual([
      expect.objectContaining({ id: 'engine', observed: expect.stringContaining('/nowhere/docker.sock'), mend: expect.any(String) }),
    ]);
  });

  it('still looks at the port and the network', async () => {
    const { items } = await runDoctor(bare);
    const stateOf = (id: string): string | undefined => items.find((item) => item.id === id)?.state;
    expect(stateOf('port')).toBe('warning');
    expect(stateOf('network-pypi')).toBe('ok');
    expect(stateOf('network-debian')).toBe('warning');
    expect(stateOf('network-npm')).toBe('unknown');
  });

  it('gives a mend with everything that is not well', async () => {
    for (const item of (await runDoctor(bare)).items) expect(item.state === 'ok' || item.mend, item.id).toBeTruthy();
  });

  it('shows no password of a proxy', async () => {
    const text = JSON.stringify(await runDoctor(bare));
    expect(text).toContain('//***@proxy.example:3128');
    expect(text).not.toContain('s3cret');
  });

  it('says that a probe broke, and loses none of the others', async () => {
    const { items } = await runDoctor({ ...bare, engine: { address: 'unix:///x', docker: {} as never } });
    expect(items.some(({ state }) => state === 'unknown')).toBe(true);
    expect(items.map(({ id }) => id)).toContain('port');
  });
});
