import { TASKS } from '../../../contract/plan.ts';
import type { Project } from '../../projects/project.ts';
import { projectAfter, projectBefore } from '../../projects/project-states.ts';
import { knownTasks } from '../catalogue.ts';
import { needsTrials } from './needs-trials.ts';
import { type LessonCase, readCases } from './read-cases.ts';
import { typedFor } from './typed-for.ts';

/** One project state to play in a lab, and its expected verdicts. */
export interface Play {
  /** `end`: the solution of the part's last task, judged by the criteria of the part's earlier tasks. */
  readonly kind: 'starter' | 'solution' | 'end' | 'mistake' | 'variant';
  readonly name: string;
  /** Whose criteria are judged: several at the end of a part. */
  readonly tasks: readonly string[];
  readonly project: Project;
  readonly commands: readonly string[];
  /** Whether trials run, which take most of the time. If not, their criteria are ignored. */
  readonly trials: boolean;
  /** For a mistake or a variant: its description. */
  readonly described?: LessonCase;
}

/** Everything that can be played for these tasks: starter, solution, mistakes and variants of each, then the ends of their parts. */
export async function listPlays(tasks: readonly string[]): Promise<Play[]> {
  const ofTasks = await Promise.all(tasks.map(playsOf));
  const ends = await Promise.all([...new Set(tasks.map(partOf))].map((part) => endOf(part, tasks)));
  return [...ofTasks.flat(), ...ends.flat()];
}

async function playsOf(task: string): Promise<Play[]> {
  const tasks = [task];
  const described = (kind: 'mistake' | 'variant', trials: (one: LessonCase) => boolean) => (one: LessonCase) => {
    const { name, project, commands } = one;
    return { kind, name, tasks, project, commands, trials: trials(one), described: one };
  };
  return [
    { kind: 'starter', name: 'départ', tasks, project: await projectBefore(task), commands: [], trials: false },
    { kind: 'solution', name: 'solution', tasks, project: await projectAfter(task), commands: await typedFor(task), trials: true },
    ...(await readCases('mistakes', task)).map(described('mistake', needsTrials)),
    ...(await readCases('variants', task)).map(described('variant', () => true)),
  ];
}

/** Empty if only the part's last task was asked for: its solution is the end of the part. */
async function endOf(part: string, wanted: readonly string[]): Promise<Play[]> {
  const last = knownTasks().findLast((task) => partOf(task) === part);
  const tasks = wanted.filter((task) => partOf(task) === part && task !== last);
  if (last === undefined || tasks.length === 0) return [];
  const [project, commands] = await Promise.all([projectAfter(last), typedFor(last)]);
  return [{ kind: 'end', name: 'fin de partie', tasks, project, commands, trials: true }];
}

/** Whether something is built, started or tried. If not, the engine stays unused. */
export function isLive(play: Play): boolean {
  return play.commands.length > 0 || play.trials;
}

/** `1.3` is in part `1`; the deliverables are a part of their own. */
function partOf(task: string): string {
  return TASKS.includes(task) ? (task.split('.')[0] ?? task) : task;
}
