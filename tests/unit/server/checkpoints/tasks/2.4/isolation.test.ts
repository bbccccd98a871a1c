import { expect, it } from 'vitest';
import { isolation } from '../../../../../../server/checkpoints/tasks/2.4/isolation.ts';
import { networksView, RANGED } from '../../fakes/networks-view.ts';

type Given = Parameters<typeof networksView>[0];

const ALL = 'networks: [data, watch]';
const CLOSED = { data: `internal: true, ${RANGED}` };

it.each<[string, Given, string]>([
  ['the API on both', {}, 'met'],
  ['one base on both, the other not', { joins: { postgres: ALL } }, 'met'],
  ['one network', { declared: { watch: 'absent' }, joins: { api: 'networks: [data]' } }, 'isolation.one-network'],
  ['a second one that nobody joins', { joins: { api: 'networks: [data]' } }, 'isolation.not-joined'],
  ['all on both', { joins: { postgres: ALL, redis: ALL } }, 'isolation.all-in-both'],
  ['none joined', { joins: { postgres: '', redis: '', etl: '', api: '' } }, 'blocked.2.4/network'],
  ['no base on a declared one', { joins: { postgres: '', redis: '', api: 'networks: [default, data, watch]' } }, 'blocked.2.4/network'],
  ['ports of an internal network', { declared: CLOSED }, 'isolation.internal'],
  ['an ETL without a way out', { declared: CLOSED, joins: { redis: ALL } }, 'isolation.cut-off'],
  ['nothing runs', { running: null }, 'blocked.1.4/up'],
  ['not created', { actual: [] }, 'blocked.2.4/network'],
  [
    'connected by hand',
    { running: { postgres: ['project_data', 'project_watch'], redis: ['project_data', 'project_watch'] } },
    'isolation.connected',
  ],
])('judges two networks: %s', async (_, given, expected) => {
  const finding = await isolation.judge(networksView(given));
  expect(finding.verdict === 'met' ? 'met' : finding.diagnosis.code).toBe(expected);
});
