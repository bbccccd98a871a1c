import { createChecker } from '../checkpoints/checker.ts';
import type { Scene } from '../checkpoints/lesson-test/play.ts';
import { subjectOfLab } from '../checkpoints/subject-of-lab.ts';
import { FileJournal } from '../checkpoints/trials/file-journal.ts';
import type { LabControl } from '../labs/service/definitions.ts';
import { openStateFolder } from '../state/state-folder.ts';
import type { VerbContext } from './definitions.ts';
import { usageError } from './read-args.ts';

/** Where plays are played, as typed: a lab that is there, or so many of their own. */
export interface ScenesAsked {
  readonly lab?: string | undefined;
  readonly labs?: string | undefined;
}

/** Works with labs to play in; those that were started for it are removed afterwards. */
export async function inScenes<T>(asked: ScenesAsked, context: VerbContext, work: (scenes: Scene[]) => Promise<T>): Promise<T> {
  const count = countArg(asked.labs, asked.lab);
  const { labs } = await context.control();
  const own: string[] = [];
  try {
    if (asked.lab === undefined) for (let one = 0; one < count; one++) own.push((await labs.start({ signal: context.signal })).lab);
    return await work(await Promise.all((asked.lab === undefined ? own : [asked.lab]).map((lab) => sceneIn(lab, labs, context))));
  } finally {
    for (const lab of own) await labs.remove(lab);
  }
}

async function sceneIn(lab: string, labs: LabControl, { stateDir, say }: VerbContext): Promise<Scene> {
  const [agent, source] = await Promise.all([labs.agent(lab), labs.source(lab)]);
  const journal = new FileJournal(openStateFolder(stateDir).trials);
  const onFault = (criterion: string, error: unknown) => say(`${criterion} : ${error instanceof Error ? error.stack : error}`);
  return { agent, checker: (onFacts) => createChecker({ lab, subject: subjectOfLab(agent, source), journal, onFault, onFacts }) };
}

/** How many labs of its own are started. */
function countArg(word: string | undefined, lab: string | undefined): number {
  if (word === undefined) return 1;
  if (lab !== undefined) throw usageError('Un labo existant (--lab) ou plusieurs à part (--labs), pas les deux.');
  if (!/^[1-8]$/.test(word)) throw usageError(`« ${word} » n’est pas un nombre de labos, de 1 à 8.`);
  return Number(word);
}
