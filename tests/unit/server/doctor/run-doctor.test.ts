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
  it('reports the missing engine, how to fix it, and that the number of labs is unknown', async () => {
    const report = await runDoctor(bare);
    expect(report).toMatchObject({ ok: false, labsFit: null, isolation: 'userns' });
    expect(report.items.filter(({ state }) => state === 'problem')).toEqual([
      expect.objectContaining({ id: 'engine', observed: expect.stringContaining('/nowhere/docker.sock'), mend: expect.any(String) }),
    ]);
  });

  it('still checks the port and the network', async () => {
    const { items } = await runDoctor(bare);
    const stateOf = (id: string): string | undefined => items.find((item) => item.id === id)?.state;
    expect(stateOf('port')).toBe('warning');
    expect(stateOf('network-pypi')).toBe('ok');
    expect(stateOf('network-debian')).toBe('warning');
    expect(stateOf('network-npm')).toBe('unknown');
  });

  it('checks the clock of the package servers, names, and the course’s ports', async () => {
    const { items } = await runDoctor(bare);
    const find = (id: string) => items.find((item) => item.id === id);
    expect(find('clock')).toMatchObject({ state: 'ok' });
    expect(find('names')).toMatchObject({ state: 'ok', observed: expect.stringContaining('127.0.0.1') });
    expect(find('course-ports')?.observed).toBeDefined();
  });

  it('reports a wrong clock, and by how much', async () => {
    const late = createServer((_, response) => response.setHeader('date', new Date(Date.now() + 3_600_000).toUTCString()).end());
    await new Promise<void>((resolve) => late.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(late.address() as AddressInfo).port}/`;
    const { items } = await runDoctor({ ...bare, packageSources: [{ name: 'PyPI', url }] });
    late.close();
    expect(items.find(({ id }) => id === 'clock')).toMatchObject({
      state: 'warning',
      observed: expect.stringMatching(/^3\d{3} s de retard/),
    });
  });

  it('lists the most useful fix first', async () => {
    const { toMend } = await runDoctor(bare);
    expect(toMend[0]).toBe('engine');
    expect(toMend.indexOf('port')).toBeLessThan(toMend.indexOf('network-npm'));
  });

  it('reports a host that does not resolve, unless a proxy resolves it', async () => {
    const sources = [{ name: 'PyPI', url: 'http://nowhere.invalid/' }];
    const stateOf = async (proxy: Record<string, string>) =>
      (await runDoctor({ ...bare, packageSources: sources, proxy })).items.find(({ id }) => id === 'names')?.state;
    expect([await stateOf({}), await stateOf({ HTTP_PROXY: 'http://proxy.example:3128' })]).toEqual(['warning', 'ok']);
  });

  it('offers a fix for everything that is not ok', async () => {
    for (const item of (await runDoctor(bare)).items) expect(item.state === 'ok' || item.mend, item.id).toBeTruthy();
  });

  it('shows no proxy password', async () => {
    const text = JSON.stringify(await runDoctor(bare));
    expect(text).toContain('//***@proxy.example:3128');
    expect(text).not.toContain('s3cret');
  });

  it('reports a probe that throws, and keeps the others', async () => {
    const { items } = await runDoctor({ ...bare, engine: { address: 'unix:///x', docker: {} as never } });
    expect(items.some(({ state }) => state === 'unknown')).toBe(true);
    expect(items.map(({ id }) => id)).toContain('port');
  });
});
