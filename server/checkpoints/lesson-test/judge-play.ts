import type { Failed } from '../../../contract/lesson-report.ts';
import type { Verdict } from '../../../contract/verdict.ts';
import type { Play } from './list-plays.ts';
import type { LessonCase } from './read-cases.ts';

/** The criteria that failed. Those that are only blocked, or were not tried, are not listed. */
export function failedOf(verdicts: readonly Verdict[]): Failed[] {
  return verdicts.flatMap((verdict) =>
    verdict.verdict === 'met' || isLeftOut(verdict.diagnosis.code) ? [] : [{ criterion: verdict.id, code: verdict.diagnosis.code }],
  );
}

/** Whether the verdicts are as expected. */
export function isAsExpected({ kind, trials, described }: Play, verdicts: readonly Verdict[]): boolean {
  if (kind === 'starter') return verdicts.every(({ verdict }) => verdict !== 'met');
  if (kind === 'mistake') return described !== undefined && isNamed(described, verdicts);
  const judged = verdicts.filter((verdict) => trials || verdict.judge !== 'trial');
  return judged.every(({ verdict }) => verdict === 'met') && (described?.remarks ?? []).every((code) => isRemarked(code, verdicts));
}

/** Exactly the expected criteria fail, each with its code and the expected words. */
function isNamed(mistake: LessonCase, verdicts: readonly Verdict[]): boolean {
  const got = failedOf(verdicts);
  return (
    got.length === mistake.fails.length &&
    mistake.fails.every(({ criterion, code, text }) => {
      const verdict = verdicts.find(({ id }) => id === criterion);
      if (verdict?.verdict !== 'not-met' || verdict.diagnosis.code !== code) return false;
      const said = wordsOf(verdict);
      return text.every((part) => said.includes(part));
    })
  );
}

/** Everything that a learner reads about a failure, with places written as `file:line`. */
function wordsOf({ diagnosis, remarks }: Extract<Verdict, { verdict: 'not-met' }>): string {
  const { where, expected, observed, look } = diagnosis;
  const { file, line, ...others } = where;
  return [expected, observed, look, `${file}:${line}`, ...Object.values(others), ...remarks.map(({ text }) => text)].join('\n');
}

function isRemarked(code: string, verdicts: readonly Verdict[]): boolean {
  return verdicts.some(({ remarks }) => remarks.some((remark) => remark.code === code));
}

function isLeftOut(code: string): boolean {
  return code.startsWith('blocked.') || code === 'trial.not-run';
}
