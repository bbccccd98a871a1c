import type { Verdict } from '../../../contract/verdict.ts';
import type { LabChecker } from './lab-checker.ts';

/** The same checker; `onVerdicts` hears the outcome of each look and trial before whoever asked for it. */
export function recordingChecker(checker: LabChecker, onVerdicts: (verdicts: readonly Verdict[]) => void): LabChecker {
  return {
    check: async (tasks, options) => {
      const verdicts = await checker.check(tasks, options);
      onVerdicts(verdicts);
      return verdicts;
    },
    tryOne: async (criterion, signal, onProgress) => {
      const verdict = await checker.tryOne(criterion, signal, onProgress);
      onVerdicts([verdict]);
      return verdict;
    },
    engineEvents: (onEvent, signal) => checker.engineEvents(onEvent, signal),
  };
}
