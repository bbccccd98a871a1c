import type { Verdict } from '../../../../contract/verdict.ts';
import type { CaseChange } from './case-schema.ts';

/** Stands for the sentence that says what a case is, until its author writes it. */
export const UNSAID = '?';

export interface Observed {
  readonly what?: string | undefined;
  readonly change: CaseChange;
  readonly verdicts: readonly Verdict[];
  readonly kind: 'mistake' | 'variant';
}

/** What `case.json` holds: of a mistake the failures that were seen, of a variant the remarks. The words of a failure are the author's to choose. */
export function describeCase({ what = UNSAID, change, verdicts, kind }: Observed): object {
  const changed = Object.fromEntries(Object.entries(change).filter(([, value]) => Object.keys(value).length > 0));
  const remarks = [...new Set(verdicts.flatMap((verdict) => verdict.remarks.map(({ code }) => code)))];
  if (kind === 'mistake') return { what, ...changed, fails: failuresOf(verdicts) };
  return { what, ...changed, ...(remarks.length > 0 && { remarks }) };
}

/** What is not met; what waits, is blocked or was not tried says nothing of the case. */
export function failuresOf(verdicts: readonly Verdict[]): { criterion: string; code: string }[] {
  return verdicts.flatMap((one) => (one.verdict === 'not-met' ? [{ criterion: one.id, code: one.diagnosis.code }] : []));
}
