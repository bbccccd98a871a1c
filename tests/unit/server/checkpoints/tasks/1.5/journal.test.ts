import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../../../server/checkpoints/definitions.ts';
import { journal } from '../../../../../../server/checkpoints/tasks/1.5/journal.ts';
import { loadedView, row, USERS } from '../../fakes/loaded-subject.ts';

const code = (finding: Finding) =>
  [finding.verdict === 'met' ? 'met' : finding.diagnosis.code, ...(finding.remarks ?? []).map((one) => one.code)].join(' ');

describe('1.5/journal', () => {
  const all = { public: USERS.map(({ id }) => row(id)) };

  it.each([
    ['a run that went well', all, 'INFO pipeline terminé', 'met'],
    ['a failure, whatever the last line claims of success', all, 'INFO début\nERROR échec : source', 'journal.failure'],
    ['a failure that a retry overcame', all, 'ERROR connexion refusée\nINFO terminé', 'met journal.overcome'],
    ['silence', all, '', 'met journal.silent'],
    ['rows doubled', { public: [1, 1, 2, 2, 3, 3].map(row) }, 'INFO terminé avec succès', 'journal.doubled'],
  ])('judges %s', async (_, tables, log, expected) => {
    expect(code(await journal.judge(loadedView({ tables, log })))).toBe(expected);
  });
});
