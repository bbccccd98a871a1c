import { expect, it } from 'vitest';
import { seenTalks } from '../../../../server/map/seen-talks.ts';
import { containerOf } from '../checkpoints/fakes/compose-subject.ts';

const etl = containerOf('etl', { addresses: { project_default: '172.18.0.3' } });
const postgres = containerOf('postgres', { addresses: { project_default: '172.18.0.2' } });
const listening = new Map([
  [etl.id, []],
  [postgres.id, [{ port: 5432, loopback: false }]],
]);
const asks = (localPort: number, open = true) => ({ localPort, address: '172.18.0.2', port: 5432, open });
const answers = (port: number, open = true) => ({ localPort: 5432, address: '172.18.0.3', port, open });

it('counts a connection once, though both sides have it', () => {
  const connections = new Map([
    [etl.id, [asks(41_000), asks(41_002)]],
    [postgres.id, [answers(41_000), answers(41_002)]],
  ]);
  expect(seenTalks([etl, postgres], { listening, connections })).toEqual([{ from: 'etl', to: 'postgres', port: 5432, open: 2 }]);
});

it('tells who asks from the side that answers alone, also without knowing what listens', () => {
  const connections = new Map([[postgres.id, [answers(41_000)]]]);
  const seen = [{ from: 'etl', to: 'postgres', port: 5432, open: 1 }];
  expect(seenTalks([etl, postgres], { listening, connections })).toEqual(seen);
  expect(seenTalks([etl, postgres], { listening: null, connections })).toEqual(seen);
});

it('keeps a pair whose connections were closed just now, and leaves out strangers', () => {
  const stranger = { localPort: 5432, address: '172.18.0.1', port: 50_000, open: true };
  const connections = new Map([[postgres.id, [answers(41_000, false), stranger]]]);
  expect(seenTalks([etl, postgres], { listening, connections })).toEqual([{ from: 'etl', to: 'postgres', port: 5432, open: 0 }]);
});
