import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../../../server/checkpoints/definitions.ts';
import { network } from '../../../../../../server/checkpoints/tasks/2.4/network.ts';
import { net, networksView, RANGED } from '../../fakes/networks-view.ts';

type Given = Parameters<typeof networksView>[0];

const code = (finding: Finding) =>
  [finding.verdict === 'met' ? 'met' : finding.diagnosis.code, ...(finding.remarks ?? []).map((one) => one.code)].join(' ');
const ON_DEFAULT = { postgres: '', redis: '', etl: '', api: '' };
const range = (subnet: string, gateway = '') => ({
  data: `ipam: { config: [{ subnet: ${subnet}${gateway && `, gateway: ${gateway}`} }] }`,
});
const made = (subnet: string) => [net('project_data', subnet), net('project_watch', '172.18.0.0/16')];
const VPN = net('vpn-bureau', '172.28.0.0/16');

describe('2.4/network', () => {
  it.each<[string, Given, string]>([
    ['as the brief has it', {}, 'met'],
    ['of another range', { declared: range('10.89.0.0/24'), actual: made('10.89.0.0/24') }, 'met'],
    [
      'of a name of its own',
      {
        declared: { data: `name: entrepot, ${RANGED}` },
        actual: [net('entrepot', '172.28.0.0/16'), net('project_watch', '172.18.0.0/16')],
        running: { postgres: ['entrepot'], redis: ['entrepot'], etl: ['entrepot'], api: ['entrepot', 'project_watch'] },
      },
      'met',
    ],
    ['none', { joins: ON_DEFAULT, declared: { data: 'absent', watch: 'absent' } }, 'network.none'],
    ['not joined', { joins: ON_DEFAULT }, 'network.not-joined'],
    ['not joined, the other is', { joins: { ...ON_DEFAULT, api: 'networks: [default, watch]' } }, 'network.not-joined'],
    ['without a range', { declared: { data: '' } }, 'network.no-subnet'],
    ['of a range that is none', { declared: range('172.28.0.0') }, 'network.subnet-form'],
    ['of a range that begins in its middle', { declared: range('172.28.5.0/16') }, 'network.subnet-form'],
    ['with a gateway outside', { declared: range('172.28.0.0/16', '172.29.0.1') }, 'network.gateway-outside'],
    ['of two networks with one range', { declared: { watch: 'ipam: { config: [{ subnet: 172.28.4.0/24 }] }' } }, 'network.collides'],
    ['of a range that is taken', { actual: [VPN], running: null }, 'network.collides'],
    ['of a range that a larger one contains', { actual: [net('vpn-bureau', '172.16.0.0/12')], running: null }, 'network.collides'],
    ['beside a range that was taken later', { actual: [...made('172.28.0.0/16'), VPN] }, 'met'],
    ['of a Swarm', { declared: { data: `driver: overlay, ${RANGED}` } }, 'network.driver'],
    ['of somebody else', { declared: { data: 'external: true' } }, 'network.external'],
    ['of the host', { joins: { api: 'network_mode: host' } }, 'network.host-mode'],
    ['of one service', { joins: { ...ON_DEFAULT, api: 'networks: [default, data]' } }, 'network.joined-by-one'],
    ['without one that others need', { joins: { redis: '' } }, 'network.apart'],
    ['without one that nobody needs', { joins: { etl: 'networks: [data, default]', redis: '' } }, 'network.joined-by-some'],
    ['of a stack that does not run', { running: null, actual: [] }, 'blocked.1.4/up'],
    ['younger than the stack', { actual: [net('project_watch', '172.18.0.0/16')] }, 'network.not-created'],
    ['older than the file', { actual: made('172.30.0.0/16') }, 'network.older'],
    ['not yet internal', { declared: { data: `internal: true, ${RANGED}` } }, 'network.older'],
    ['that a container has not joined', { running: { redis: ['project_default'] } }, 'network.not-rejoined'],
    ['of public addresses', { declared: range('8.8.0.0/16'), actual: made('8.8.0.0/16') }, 'met network.public-range'],
    ['of a very large range', { declared: range('10.0.0.0/8'), actual: made('10.0.0.0/8') }, 'met network.wide'],
    ['of the machine’s own way out', { routes: 'Iface Destination Gateway\neth0 00000000 01001CAC 0003\n' }, 'met network.covers-route'],
  ])('judges a network: %s', async (_, given, expected) => {
    expect(code(await network.judge(networksView(given)))).toBe(expected);
  });

  it.each<[string, Given, RegExp]>([
    [
      'both networks and both ranges',
      { actual: [net('vpn-bureau', '172.28.128.0/17')], running: null },
      /172\.28\.0\.0\/16.*`data`.*172\.28\.128\.0\/17.*`vpn-bureau`.*Pool overlaps/,
    ],
    [
      'who cannot reach whom, and where they are',
      { joins: { redis: '' } },
      /`etl` doit joindre `redis`.*`etl` est sur `data`, `redis` sur `default`/,
    ],
    [
      'where everybody is',
      { joins: ON_DEFAULT },
      /`data` est déclaré, et aucun service.*`postgres`, `redis`, `etl` et `api` sont sur `default`/,
    ],
    ['both ranges of an older one', { actual: made('172.30.0.0/16') }, /172\.30\.0\.0\/16.*172\.28\.0\.0\/16.*docker compose down/],
  ])('says %s', async (_, given, text) => {
    expect(JSON.stringify(await network.judge(networksView(given)))).toMatch(text);
  });

  it('is untouched without a network of its own', async () => {
    const finding = await network.judge(networksView({ joins: ON_DEFAULT, declared: { data: 'absent', watch: 'absent' } }));
    expect(finding).toMatchObject({ untouched: true });
  });
});
