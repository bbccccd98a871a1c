import type { Failed } from '../../../contract/lesson-report.ts';
import type { Verdict } from '../../../contract/verdict.ts';
import type { LessonCase } from './read-cases.ts';

/** The criteria that are not met; what is only blocked by them is left out. */
export function failedOf(verdicts: readonly Verdict[]): Failed[] {
  return verdicts.flatMap((verdict) =>
    verdict.verdict === 'met' || verdict.diagnosis.code.startsWith('blocked.')
      ? []
      : [{ criterion: verdict.id, code: verdict.diagnosis.code }],
  );
}

/** Exactly the expected criteria fail, each by its own code and saying its own words. */
export function isNamed(mistake: LessonCase, verdicts: readonly Verdict[]): boolean {
  const got = failedOf(verdicts);
  return (
    got.length === mistake.fails.length &&
    mistake.fails.every(({ criterion, code, text }) => {
      const verdict = verdicts.find(({ id }) => id === criterion);
      if (verdict?.verdict !== 'not-met' || verdict.diagnosis.code !== code) return false;
      const { where, expected, observed, look } = verdict.diagnosis;
      const said = [expected, observed, look, `${where.file}:${where.line}`].join('\n');
      return text.every((part) => said.includes(part));
    })
  );
}

/** Everything is met, and every remark it should earn is made. */
export function isAccepted(variant: LessonCase, verdicts: readonly Verdict[]): boolean {
  const remarks = verdicts.flatMap((verdict) => verdict.remarks.map(({ code }) => code));
  return verdicts.every(({ verdict }) => verdict === 'met') && variant.remarks.every((code) => remarks.includes(code));
}
