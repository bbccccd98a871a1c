import { EscaleError } from '../../../errors/escale-error.ts';
import { projectAfter } from '../../../projects/project-states.ts';
import { failedOf, isAsExpected } from '../judge-play.ts';
import type { Play } from '../list-plays.ts';
import { EMPTY_ENGINE, play, type Scene } from '../play.ts';
import { sideBySide } from '../side-by-side.ts';
import { typedFor } from '../typed-for.ts';
import type { Mutant } from './list-mutants.ts';
import { type MutantEnd, type PlayedMutant, playMutant } from './play-mutant.ts';
import { sayMutant } from './say-mutant.ts';

export interface MutateOptions {
  readonly task: string;
  readonly mutants: readonly Mutant[];
  readonly scenes: readonly Scene[];
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

export interface ReportedMutant extends Pick<Mutant, 'file' | 'line' | 'kind' | 'before' | 'after'> {
  /** Of one that is undecided: what could not be told. Of one that failed: the error. */
  readonly why: readonly string[];
}

export interface MutateReport {
  readonly task: string;
  readonly mutants: number;
  readonly found: number;
  readonly alike: number;
  /** They change what runs, and every criterion is met. */
  readonly unnoticed: readonly ReportedMutant[];
  readonly undecided: readonly ReportedMutant[];
  /** The play itself broke off. */
  readonly failed: readonly ReportedMutant[];
  /** Left when a lab could not be brought back. */
  readonly untried: number;
  readonly tookMs: number;
}

type Ended = { readonly mutant: Mutant; readonly end: MutantEnd | 'failed'; readonly why: readonly string[] };

/** Plays the solution, which must be met, then every mutant of it. A play that breaks off is said, its lab is emptied, and the others go on. */
export async function mutate({ task, mutants, scenes, say, signal }: MutateOptions): Promise<MutateReport> {
  const began = performance.now();
  const ground = { task, solution: await projectAfter(task), commands: await typedFor(task) };
  await requireSolutionMet(
    { kind: 'solution', name: 'solution', tasks: [task], project: ground.solution, commands: ground.commands, trials: true },
    scenes,
    signal,
  );
  const empty = new Set<Scene>();
  const ended: Ended[] = [];
  const one = async (scene: Scene, mutant: Mutant): Promise<void> => {
    signal.throwIfAborted();
    try {
      const played = await playMutant(mutant, ground, scene, empty.has(scene), signal);
      if (played.touched) empty.delete(scene);
      else empty.add(scene);
      ended.push({ mutant, end: played.end, why: played.codes });
      say(`${ended.length}/${mutants.length} ${told(mutant, played)}`);
    } catch (error) {
      signal.throwIfAborted();
      const why = error instanceof Error ? error.message : String(error);
      ended.push({ mutant, end: 'failed', why: [why] });
      say(`${ended.length}/${mutants.length} ! ${sayMutant(mutant)} : ${why} ; le moteur du labo est vidé, la suite continue`);
      empty.delete(scene);
      await bringBack(scene, signal);
    }
  };
  await sideBySide(scenes, mutants, one).catch((error: unknown) => {
    signal.throwIfAborted();
    say(`Un labo ne revient pas, la suite est laissée : ${error instanceof Error ? error.message : error}`);
  });
  return report(task, mutants, ended, performance.now() - began);
}

/** What is said of mutants holds only where the solution itself is met. */
async function requireSolutionMet(solution: Play, [scene]: readonly Scene[], signal: AbortSignal): Promise<void> {
  if (scene === undefined) return;
  const { verdicts } = await play(solution, scene, false, signal);
  if (isAsExpected(solution, verdicts)) return;
  const failed = failedOf(verdicts).map(({ criterion, code }) => `${criterion} ${code}`);
  throw new EscaleError('unavailable', 'mutants.solution-not-met', {
    message: `La solution elle-même ne remplit pas tout dans ce labo : ${failed.join(', ')}.`,
    hint: `Lancez « escale lesson test ${solution.tasks.join(' ')} --only solution », puis recommencez.`,
  });
}

/** A mutant may have filled the lab's disk, which stops its engine. What was built for it goes as well. */
async function bringBack({ agent }: Scene, signal: AbortSignal): Promise<void> {
  await agent.engine('start');
  const script = `${EMPTY_ENGINE}docker builder prune -af\n`;
  await agent.exec({ argv: ['bash', '-c', script], user: 'dataeng', cwd: '.', env: {}, timeoutMs: 300_000 }, { signal });
}

const MARKS: Record<MutantEnd, string> = { found: '✓', alike: '=', unnoticed: '✗', undecided: '◐' };

function told(mutant: Mutant, { end, codes }: PlayedMutant): string {
  const says: Record<MutantEnd, string> = {
    found: codes.join(', '),
    alike: 'rien ne change',
    unnoticed: 'tout est rempli',
    undecided: codes.join(', '),
  };
  return `${MARKS[end]} ${sayMutant(mutant)} : ${says[end]}`;
}

function report(task: string, mutants: readonly Mutant[], ended: readonly Ended[], tookMs: number): MutateReport {
  const inOrder = mutants.flatMap((mutant) => ended.find((one) => one.mutant === mutant) ?? []);
  const of = (end: Ended['end']) => inOrder.filter((one) => one.end === end).map(({ mutant, why }) => ({ ...shown(mutant), why }));
  return {
    task,
    mutants: mutants.length,
    found: of('found').length,
    alike: of('alike').length,
    unnoticed: of('unnoticed'),
    undecided: of('undecided'),
    failed: of('failed'),
    untried: mutants.length - ended.length,
    tookMs,
  };
}

function shown({ file, line, kind, before, after }: Mutant): Omit<ReportedMutant, 'why'> {
  return { file, line, kind, before, after };
}
