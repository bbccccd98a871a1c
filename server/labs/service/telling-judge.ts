import type { Verdict } from '../../../contract/verdict.ts';
import type { LabJudge } from './lab-judge.ts';

/** The same judge; `onVerdicts` hears the outcome of each look and trial before whoever asked for it. */
export function tellingJudge(judge: LabJudge, onVerdicts: (verdicts: readonly Verdict[]) => void): LabJudge {
  return {
    check: async (tasks, options) => {
      const verdicts = await judge.check(tasks, options);
      onVerdicts(verdicts);
      return verdicts;
    },
    tryOne: async (criterion, signal) => {
      const verdict = await judge.tryOne(criterion, signal);
      onVerdicts([verdict]);
      return verdict;
    },
    engineEvents: (onEvent, signal) => judge.engineEvents(onEvent, signal),
  };
}
