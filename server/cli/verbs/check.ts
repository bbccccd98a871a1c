import type { Verdict } from '../../../contract/verdict.ts';
import { checkHere } from '../check-here.ts';
import type { Verb } from '../definitions.ts';
import { labArg, readArgs, secondsArg, usageError } from '../read-args.ts';
import { reportText } from '../report-text.ts';

const OPTIONS = {
  lab: { type: 'string' },
  here: { type: 'boolean' },
  trials: { type: 'boolean' },
  wait: { type: 'string' },
} as const;

export const check: Verb = {
  name: 'check',
  usage: '[tâche…] (--lab <labo> | --here) [--trials] [--wait S]',
  summary: 'Juge les tâches (toutes par défaut) : chaque critère, ce qui est attendu, ce qui est vu.',
  async run(args, context) {
    const { positionals: tasks, values } = readArgs(args, OPTIONS, { min: 0, max: 100 });
    if ((values.lab !== undefined) === (values.here === true)) throw usageError('Il faut soit --lab <labo>, soit --here.');
    const options = { trials: values.trials ?? false, waitMs: secondsArg(values.wait, 0) * 1000 };
    const report =
      values.lab === undefined
        ? await checkHere(tasks, options, context)
        : await (await context.control()).labs.check(labArg(values.lab), tasks, {
            ...options,
            learner: context.learner,
            signal: context.signal,
          });
    return { exit: exitOf(report.criteria, options.trials), document: report, text: reportText(report) };
  },
};

/**
 * 1 if any criterion is not met, else 2 if any cannot be told, else 0. Criteria judged by a person never count, nor do trials that were not
 * requested.
 */
export function exitOf(criteria: readonly Verdict[], trials: boolean): number {
  if (criteria.some(({ verdict }) => verdict === 'not-met')) return 1;
  const open = criteria.some(
    (criterion) =>
      criterion.verdict === 'cannot-tell' &&
      !criterion.diagnosis.code.startsWith('person.') &&
      (trials || criterion.diagnosis.code !== 'trial.not-run'),
  );
  return open ? 2 : 0;
}
