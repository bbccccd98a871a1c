import { createChecker } from '../../checkpoints/checker.ts';
import { lessonTest } from '../../checkpoints/lesson-test/lesson-test.ts';
import type { Scene } from '../../checkpoints/lesson-test/play.ts';
import { subjectOfLab } from '../../checkpoints/subject-of-lab.ts';
import { FileJournal } from '../../checkpoints/trials/file-journal.ts';
import type { LabControl } from '../../labs/service/definitions.ts';
import { openStateFolder } from '../../state/state-folder.ts';
import type { Verb, VerbContext } from '../definitions.ts';
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
    const count = countArg(values.labs, values.lab);
    const { labs } = await context.control();
    const own: string[] = [];
    try {
      if (values.lab === undefined) for (let one = 0; one < count; one++) own.push((await labs.start({ signal: context.signal })).lab);
      const scenes = await Promise.all((values.lab === undefined ? own : [values.lab]).map((lab) => sceneIn(lab, labs, context)));
      const report = await lessonTest({ tasks, ...choice, scenes, say: context.say, signal: context.signal });
      context.say([`flaky: ${report.flaky.length}`, ...report.flaky.map((name) => `  ${name}`)].join('\n'));
      return { exit: report.wrong === 0 ? 0 : 1, document: report, text: `${report.wrong} faux en ${Math.round(report.tookMs / 1000)} s` };
    } finally {
      for (const lab of own) await labs.remove(lab);
    }
  },
};

async function sceneIn(lab: string, labs: LabControl, { stateDir, say }: VerbContext): Promise<Scene> {
  const [agent, source] = await Promise.all([labs.agent(lab), labs.source(lab)]);
  const journal = new FileJournal(openStateFolder(stateDir).trials);
  const onFault = (criterion: string, error: unknown) => say(`${criterion} : ${error instanceof Error ? error.stack : error}`);
  return { agent, checker: (onFacts) => createChecker({ lab, subject: subjectOfLab(agent, source), journal, onFault, onFacts }) };
}

/** The number of labs that the test starts. */
function countArg(word: string | undefined, lab: string | undefined): number {
  if (word === undefined) return 1;
  if (lab !== undefined) throw usageError('Un labo existant (--lab) ou plusieurs à part (--labs), pas les deux.');
  if (!/^[1-8]$/.test(word)) throw usageError(`« ${word} » n’est pas un nombre de labos, de 1 à 8.`);
  return Number(word);
}

/** `2/3`: the second of three equal shares. */
function shardArg(word: string | undefined): { index: number; of: number } | undefined {
  if (word === undefined) return undefined;
  const [index, of] = /^\d{1,3}\/\d{1,3}$/.test(word) ? word.split('/').map(Number) : [];
  if (index === undefined || of === undefined || index < 1 || index > of) throw usageError(`« ${word} » n’est pas une part, comme 1/3.`);
  return { index, of };
}
