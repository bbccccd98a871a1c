import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../../../server/checkpoints/definitions.ts';
import { reachable } from '../../../../../../server/checkpoints/tasks/2.3/reachable.ts';
import { apiView, json } from '../../fakes/api-subject.ts';
import { containerOf } from '../../fakes/compose-subject.ts';

const ROOT = { '/': json({ message: 'bonjour', status: 'ok' }) };
const LOOPBACK = '   0: 0100007F:1F40 00000000:0000 0A 00000000:00000000\n';
const OPEN = '   0: 00000000:1F41 00000000:0000 0A 00000000:00000000\n';

const code = (finding: Finding) =>
  [finding.verdict === 'met' ? 'met' : finding.diagnosis.code, ...(finding.remarks ?? []).map((one) => one.code)].join(' ');

describe('2.3/reachable', () => {
  it.each<[string, Parameters<typeof apiView>[0], string]>([
    ['all is well', { answers: ROOT }, 'met'],
    [
      'another port of the lab',
      { answers: ROOT, api: { ports: [{ container: 8000, host: 8080, address: '' }] } },
      'met reachable.other-port',
    ],
    ['the network of the host', { answers: ROOT, api: { networks: ['host'], addresses: {}, ports: [] } }, 'met reachable.host-network'],
    ['no port is published', { api: { ports: [] } }, 'reachable.not-published'],
    ['its own loopback', { answers: { '/': 'closed' }, sockets: LOOPBACK }, 'reachable.loopback'],
    ['its own loopback, beside another port', { answers: { '/': 'closed' }, sockets: `${LOOPBACK}${OPEN}` }, 'reachable.loopback'],
    ['another port inside', { answers: { '/': 'closed' }, sockets: OPEN }, 'reachable.other-port-inside'],
    ['nothing listens', { answers: { '/': 'closed' }, sockets: '' }, 'reachable.no-answer'],
    ['no tool in the image', { answers: { '/': 'closed' } }, 'reachable.no-answer'],
    ['ended', { api: { state: 'exited', ports: [] } }, 'reachable.ended'],
    ['crashed', { api: { state: 'exited', exitCode: 1, ports: [] }, log: "KeyError: 'DATABASE_URL'" }, 'api.variable-missing'],
    ['no root', {}, 'reachable.not-found'],
    ['a root of its own', { answers: { '/': json({ hello: 'world' }) } }, 'reachable.root-fields'],
    ['not JSON', { answers: { '/': { body: '<html>' } } }, 'reachable.not-json'],
    ['compressed all the same', { answers: { '/': { body: 'x', headers: { 'content-encoding': 'gzip' } } } }, 'reachable.compressed'],
    ['sent elsewhere', { answers: { '/': { status: 307, headers: { location: 'https://example.test' } } } }, 'reachable.redirected'],
    ['an error', { answers: { '/': { status: 500, body: 'Internal Server Error' } } }, 'reachable.error'],
    ['forbidden', { answers: { '/': { status: 403 } } }, 'reachable.status'],
  ])('judges an API: %s', async (_, given, expected) => {
    expect(code(await reachable.judge(apiView(given)))).toBe(expected);
  });

  it('names both addresses and the line that decides', async () => {
    const finding = await reachable.judge(apiView({ answers: { '/': 'closed' }, sockets: LOOPBACK }));
    expect(finding).toMatchObject({ diagnosis: { where: { file: 'api/Dockerfile', line: 7 } } });
    expect(JSON.stringify(finding)).toMatch(/127\.0\.0\.1:8000.*0\.0\.0\.0/);
  });

  it('waits while the container is young', async () => {
    const young = { startedMs: Date.now() - 3000, createdMs: Date.now() - 3000 };
    expect(code(await reachable.judge(apiView({ answers: { '/': 'closed' }, api: young })))).toBe('wait.reachable');
  });

  it('waits longer while nothing listens, and not for ever', async () => {
    const since = (ms: number) => ({ answers: { '/': 'closed' as const }, sockets: '', api: { startedMs: Date.now() - ms } });
    expect(code(await reachable.judge(apiView(since(60_000))))).toBe('wait.reachable');
    expect(code(await reachable.judge(apiView(since(100_000))))).toBe('reachable.no-answer');
  });

  it('says who has the port', async () => {
    const error = 'driver failed: Bind for 127.0.0.1:8000 failed: port is already allocated';
    const other = containerOf('autre', { name: 'ancien-serveur', labels: {}, ports: [{ container: 80, host: 8000, address: '' }] });
    const finding = await reachable.judge(apiView({ api: { state: 'created', error, ports: [] }, others: [other] }));
    expect(finding).toMatchObject({ diagnosis: { code: 'up.port-taken', observed: expect.stringContaining('ancien-serveur') } });
  });
});
