import type { Verdict } from '../../../../contract/verdict.ts';
import type { Project } from '../../../projects/project.ts';
import { failedOf } from '../judge-play.ts';
import { play, type Scene } from '../play.ts';
import { changesWhatRuns, mutated } from './changes-what-runs.ts';
import type { Mutant } from './list-mutants.ts';
import { sayMutant } from './say-mutant.ts';

/** `found`: a criterion is not met. `alike`: all are met, and to who reads the file nothing changed. `unnoticed`: all are met. `undecided`: no criterion says no, and not all say yes. */
export type MutantEnd = 'found' | 'alike' | 'unnoticed' | 'undecided';

export interface PlayedMutant {
  readonly end: MutantEnd;
  /** The codes of the criteria that are not met or cannot be told. */
  readonly codes: readonly string[];
  /** Something was done on the lab's engine. */
  readonly touched: boolean;
}

export interface MutantGround {
  readonly task: string;
  readonly solution: Project;
  readonly commands: readonly string[];
}

/** Nothing of a mutant takes longer: its commands, looks and trials have deadlines of their own, and this is the last one. */
const MUTANT_MS = 900_000;
const SETTLE_MS = 90_000;

/** Plays a mutant: by looking first, and by the trials only where looking finds nothing. */
export async function playMutant(
  mutant: Mutant,
  { task, solution, commands }: MutantGround,
  scene: Scene,
  isEmpty: boolean,
  ended: AbortSignal,
): Promise<PlayedMutant> {
  const signal = AbortSignal.any([ended, AbortSignal.timeout(MUTANT_MS)]);
  const project = mutated(solution, mutant);
  const one = { kind: 'variant', name: sayMutant(mutant), tasks: [task], project, commands, trials: false } as const;
  let { verdicts } = await play(one, scene, isEmpty, signal);
  const tries = !isFound(verdicts) && verdicts.some(({ judge }) => judge === 'trial');
  if (tries) verdicts = await scene.checker(undefined).check([task], { trials: true, waitMs: SETTLE_MS, signal });
  const codes = failedOf(verdicts).map(({ criterion, code }) => `${criterion} ${code}`);
  const touched = tries || commands.length > 0;
  if (isFound(verdicts)) return { end: 'found', codes, touched };
  if (!verdicts.every(isMetOrPersonal)) return { end: 'undecided', codes, touched };
  const changes = await changesWhatRuns(scene.agent, mutant, solution, signal);
  return { end: changes ? 'unnoticed' : 'alike', codes, touched };
}

function isFound(verdicts: readonly Verdict[]): boolean {
  return verdicts.some(({ verdict }) => verdict === 'not-met');
}

function isMetOrPersonal(verdict: Verdict): boolean {
  return verdict.verdict === 'met' || verdict.diagnosis.code.startsWith('person.');
}
