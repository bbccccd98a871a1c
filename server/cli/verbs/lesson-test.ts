import { lessonTest } from '../../checkpoints/lesson-test/lesson-test.ts';
import type { Verb } from '../definitions.ts';
import { inScenes } from '../in-scenes.ts';
import { readArgs, usageError } from '../read-args.ts';

const OPTIONS = {
  lab: { type: 'string' },
  labs: { type: 'string' },
  only: { type: 'string', multiple: true },
  quick: { type: 'boolean' },
  outputs: { type: 'boolean' },
  shard: { type: 'string' },
  record: { type: 'boolean' },
} as const;

export const lessonTestVerb: Verb = {
  name: 'lesson test',
  usage: '[tâche…] [--only NOM]… [--quick] [--outputs] [--record] [--shard I/N] [--lab <labo> | --labs N]',
  summary:
    'Joue le départ, la solution, les erreurs connues, les variantes et les commandes des leçons dans un labo à part, ou plusieurs, et compare.',
  async run(args, context) {
    const { positionals: tasks, values } = readArgs(args, OPTIONS, { min: 0, max: 100 });
    const choice = {
      only: values.only,
      quick: values.quick,
      outputs: values.outputs,
      shard: shardArg(values.shard),
      record: values.record,
    };
    const report = await inScenes(values, context, (scenes) =>
      lessonTest({ tasks, ...choice, scenes, say: context.say, signal: context.signal }),
    );
    context.say([`flaky: ${report.flaky.length}`, ...report.flaky.map((name) => `  ${name}`)].join('\n'));
    return { exit: report.wrong === 0 ? 0 : 1, document: report, text: `${report.wrong} faux en ${Math.round(report.tookMs / 1000)} s` };
  },
};

/** `2/3`: the second of three equal shares. */
function shardArg(word: string | undefined): { index: number; of: number } | undefined {
  if (word === undefined) return undefined;
  const [index, of] = /^\d{1,3}\/\d{1,3}$/.test(word) ? word.split('/').map(Number) : [];
  if (index === undefined || of === undefined || index < 1 || index > of) throw usageError(`« ${word} » n’est pas une part, comme 1/3.`);
  return { index, of };
}
