import { criteriaOf } from '../../checkpoints/catalogue.ts';
import type { Mutant } from '../../checkpoints/lesson-test/mutants/list-mutants.ts';
import { mutantsOfTask } from '../../checkpoints/lesson-test/mutants/mutants-of-task.ts';
import { type MutateReport, mutate } from '../../checkpoints/lesson-test/mutants/mutate.ts';
import { sayMutant } from '../../checkpoints/lesson-test/mutants/say-mutant.ts';
import type { Verb } from '../definitions.ts';
import { inScenes } from '../in-scenes.ts';
import { readArgs, usageError } from '../read-args.ts';

const OPTIONS = {
  only: { type: 'string', multiple: true },
  limit: { type: 'string' },
  list: { type: 'boolean' },
  lab: { type: 'string' },
  labs: { type: 'string' },
} as const;

export const lessonMutate: Verb = {
  name: 'lesson mutate',
  usage: '<tâche> [--only TEXTE]… [--limit N] [--list] [--lab <labo> | --labs N]',
  summary: 'Abîme la solution d’une tâche, une ligne ou une valeur à la fois, la juge, et liste ce que les critères ne remarquent pas.',
  async run(args, context) {
    const { positionals, values } = readArgs(args, OPTIONS, { min: 1, max: 1 });
    const [task = ''] = positionals;
    criteriaOf(task);
    const mutants = await mutantsOfTask(task, { only: values.only, limit: limitArg(values.limit) });
    if (values.list) return { exit: 0, document: { task, mutants: mutants.map(withoutContent) }, text: mutants.map(sayMutant).join('\n') };
    const report = await inScenes(values, context, (scenes) => mutate({ task, mutants, scenes, say: context.say, signal: context.signal }));
    return { exit: exitOf(report), document: report, text: told(report) };
  },
};

/** 1 where a mutant goes unnoticed, else 2 where something could not be told. */
function exitOf({ unnoticed, undecided, failed, untried }: MutateReport): number {
  if (unnoticed.length > 0) return 1;
  return undecided.length + failed.length + untried > 0 ? 2 : 0;
}

function told(report: MutateReport): string {
  const { unnoticed, undecided, failed, untried } = report;
  const lists: [string, typeof unnoticed][] = [
    ['Non remarqué :', unnoticed],
    ['Indécis :', undecided],
    ['Interrompu :', failed],
  ];
  const lines = lists.flatMap(([label, some]) => (some.length > 0 ? [label, ...some.map((one) => `  ${withReason(one)}`)] : []));
  const left = untried > 0 ? `, ${untried} non joués` : '';
  const counts = `${report.mutants} mutants : ${report.found} trouvés, ${unnoticed.length} non remarqués, ${report.alike} sans effet, ${undecided.length} indécis, ${failed.length} interrompus${left}`;
  return [...lines, `${counts} (${Math.round(report.tookMs / 1000)} s).`].join('\n');
}

function withReason(mutant: MutateReport['unnoticed'][number]): string {
  return [sayMutant(mutant), ...(mutant.why.length > 0 ? [mutant.why.join(', ')] : [])].join(' : ');
}

function withoutContent({ content: _, ...mutant }: Mutant): Omit<Mutant, 'content'> {
  return mutant;
}

function limitArg(word: string | undefined): number | undefined {
  if (word === undefined) return undefined;
  if (!/^[1-9]\d{0,3}$/.test(word)) throw usageError(`« ${word} » n’est pas un nombre de mutants.`);
  return Number(word);
}
