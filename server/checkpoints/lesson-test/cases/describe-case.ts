import type { Verdict } from '../../../../contract/verdict.ts';
import type { CaseChange } from './case-schema.ts';

/** Placeholder for `what`, until the author writes it. */
export const UNSAID = '?';

export interface Observed {
  readonly what?: string | undefined;
  readonly change: CaseChange;
  readonly verdicts: readonly Verdict[];
  readonly kind: 'mistake' | 'variant';
}

/** The content of `case.json`: the failures of a mistake, or the remarks of a variant. The author adds the `text` of each failure. */
export function describeCase({ what = UNSAID, change, verdicts, kind }: Observed): object {
  const changed = Object.fromEntries(Object.entries(change).filter(([, value]) => Object.keys(value).length > 0));
  const remarks = [...new Set(verdicts.flatMap((verdict) => verdict.remarks.map(({ code }) => code)))];
  if (kind === 'mistake') return { what, ...changed, fails: failuresOf(verdicts) };
  return { what, ...changed, ...(remarks.length > 0 && { remarks }) };
}

/** The criteria that are not met. Those that wait, are blocked or were not tried tell nothing about the case. */
export function failuresOf(verdicts: readonly Verdict[]): { criterion: string; code: string }[] {
  return verdicts.flatMap((one) => (one.verdict === 'not-met' ? [{ criterion: one.id, code: one.diagnosis.code }] : []));
}
