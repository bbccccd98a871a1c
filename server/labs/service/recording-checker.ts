import type { Verdict } from '../../../contract/verdict.ts';
import type { LabChecker } from './lab-checker.ts';

/** What was met before, by criterion: ISO times. */
export type MetBefore = ReadonlyMap<string, string>;

/** The same checker; `record` hears the outcome of each look and trial before whoever asked for it, and returns what was ever met. */
export function recordingChecker(checker: LabChecker, record: (verdicts: readonly Verdict[]) => MetBefore): LabChecker {
  return {
    check: async (tasks, options) => {
      const verdicts = await checker.check(tasks, options);
      const met = record(verdicts);
      return verdicts.map((verdict) => toProveAgain(verdict, met));
    },
    tryOne: async (criterion, signal, onProgress) => {
      const verdict = await checker.tryOne(criterion, signal, onProgress);
      return toProveAgain(verdict, record([verdict]));
    },
    engineEvents: (onEvent, signal) => checker.engineEvents(onEvent, signal),
  };
}

/** A trial that must be run again, or a criterion that waits for another one, says when it was met. */
function toProveAgain(verdict: Verdict, met: MetBefore): Verdict {
  if (verdict.verdict !== 'cannot-tell' || !/^(trial\.not-run|blocked\..+)$/.test(verdict.diagnosis.code)) return verdict;
  const metAt = met.get(verdict.id);
  return metAt === undefined ? verdict : { ...verdict, metAt };
}
