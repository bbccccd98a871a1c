import { createChecker } from '../../checkpoints/checker.ts';
import { lessonTest } from '../../checkpoints/lesson-test/lesson-test.ts';
import { subjectOfLab } from '../../checkpoints/subject-of-lab.ts';
import { FileJournal } from '../../checkpoints/trials/file-journal.ts';
import { openStateFolder } from '../../state/state-folder.ts';
import type { Verb } from '../definitions.ts';
import { readArgs, usageError } from '../read-args.ts';

const OPTIONS = {
  lab: { type: 'string' },
  only: { type: 'string' },
  quick: { type: 'boolean' },
  outputs: { type: 'boolean' },
  shard: { type: 'string' },
} as const;

export const lessonTestVerb: Verb = {
  name: 'lesson test',
  usage: '[tâche…] [--only NOM] [--quick] [--outputs] [--shard I/N] [--lab <labo>]',
  summary: 'Joue le départ, la solution, les erreurs connues, les variantes et les commandes des leçons dans un labo à part, et compare.',
  async run(args, context) {
    const { positionals: tasks, values } = readArgs(args, OPTIONS, { min: 0, max: 100 });
    const choice = { only: values.only, quick: values.quick, outputs: values.outputs, shard: shardArg(values.shard) };
    const { labs } = await context.control();
    const own = values.lab === undefined;
    const lab = values.lab ?? (await labs.start({ signal: context.signal })).lab;
    try {
      const agent = await labs.agent(lab);
      const journal = new FileJournal(openStateFolder(context.stateDir).trials);
      const onFault = (criterion: string, error: unknown) => context.say(`${criterion} : ${error instanceof Error ? error.stack : error}`);
      const source = await labs.source(lab);
      const checker = () => createChecker({ lab, subject: subjectOfLab(agent, source), journal, onFault });
      const report = await lessonTest({ tasks, ...choice, agent, checker, say: context.say, signal: context.signal });
      return { exit: report.wrong === 0 ? 0 : 1, document: report, text: `${report.wrong} faux en ${Math.round(report.tookMs / 1000)} s` };
    } finally {
      if (own) await labs.remove(lab);
    }
  },
};

/** `2/3`: the second of three equal shares. */
function shardArg(word: string | undefined): { index: number; of: number } | undefined {
  if (word === undefined) return undefined;
  const [index, of] = /^\d{1,3}\/\d{1,3}$/.test(word) ? word.split('/').map(Number) : [];
  if (index === undefined || of === undefined || index < 1 || index > of) throw usageError(`« ${word} » n’est pas une part, comme 1/3.`);
  return { index, of };
}
