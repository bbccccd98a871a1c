import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../../../server/checkpoints/definitions.ts';
import { logs } from '../../../../../../server/checkpoints/tasks/1.4/logs.ts';
import { ETL, loadedView } from '../../fakes/loaded-subject.ts';

const code = (finding: Finding) =>
  [finding.verdict === 'met' ? 'met' : finding.diagnosis.code, ...(finding.remarks ?? []).map((one) => one.code)].join(' ');

describe('1.4/logs', () => {
  const at = (ms: number) => (ms / 1000).toFixed(2);

  it.each([
    ['written by this run', (started: number) => `120 ${at(started + 2000)} logs/etl.log`, 'met'],
    ['empty', (started: number) => `0 ${at(started + 2000)} logs/etl.log`, 'logs.empty'],
    ['of an older run', (started: number) => `120 ${at(started - 600_000)} logs/etl.log`, 'logs.stale'],
    ['none', () => '', 'logs.absent'],
  ])('judges a log: %s', async (_, find, expected) => {
    expect(code(await logs.judge(loadedView({ tables: {}, find: find(ETL.startedMs) })))).toBe(expected);
  });
});
