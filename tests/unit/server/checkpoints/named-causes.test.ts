import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../../../contract/verdict.ts';
import { mayBeNamedBy, names } from '../../../../server/checkpoints/named-causes.ts';

const failed = (id: string, code: string) =>
  ({ id, verdict: 'not-met', diagnosis: { code, expected: '', observed: '', where: {}, look: '' } }) as unknown as Verdict;

/** The criterion that has named the cause of a failure, among those that failed. */
function namedBy(id: string, code: string, others: readonly Verdict[]): string | undefined {
  return mayBeNamedBy(id, code).find(({ by, as }) => others.some((one) => one.id === by && names(one, as)))?.by;
}

describe('a cause that another criterion has named', () => {
  it.each([
    ['a renamed column', '1.4/rows', 'rows.missing', '1.2/loads', 'loads.column'],
    ['users written in the code', '1.4/rows', 'rows.not-from-source', '1.2/source', 'source.not-read'],
    ['an absent folder', '1.4/up', 'etl.folder-missing', '1.1/folders', 'project.absent'],
    ['an absent folder, from nothing', '1.5/from-nothing', 'nothing.failed', '1.1/folders', 'project.absent'],
    ['another PostgreSQL', '1.4/up', 'up.database-version', '1.4/postgres', 'postgres.other-version'],
    ['another PostgreSQL, from nothing', '1.5/from-nothing', 'nothing.not-up', '1.4/postgres', 'postgres.other-version'],
    ['a host that is none', '1.5/from-nothing', 'nothing.failed', '1.4/up', 'etl.host-unknown'],
    ['a mount that misses the log', '1.5/from-nothing', 'nothing.no-log', '1.4/mounts', 'mounts.no-logs'],
    ['doubled rows', '1.5/journal', 'journal.doubled', '1.2/again', 'again.doubled'],
  ])('blocks: %s', (_, id, code, by, named) => {
    expect(namedBy(id, code, [failed(by, named)])).toBe(by);
  });

  it.each([
    ['no row at all', '1.4/rows', 'rows.absent', '1.2/loads', 'loads.table-absent'],
    ['a stack that is only stopped', '1.5/from-nothing', 'nothing.failed', '1.4/up', 'up.not-started'],
    ['another host', '1.4/up', 'etl.host-unknown', '1.4/postgres', 'postgres.other-version'],
    ['a criterion that could not be tried', '1.4/rows', 'rows.missing', '1.3/image', 'image.absent'],
  ])('does not block: %s', (_, id, code, by, named) => {
    expect(namedBy(id, code, [failed(by, named)])).toBeUndefined();
  });
});
