import { LabUnavailable } from '../../../lab-engine/lab-unavailable.ts';
import type { LabView } from '../../definitions.ts';
import type { UsersTable } from '../postgres/users-table.ts';
import type { Passage } from './passage.ts';
import { pipelineDocument, SOURCE_FAILURES, type SourceFailure, twinOf } from './pipeline-document.ts';
import { PipelineRuns, type Turn } from './pipeline-runs.ts';
import { prepareSandbox, type SandboxGround, writeOwnContext } from './prepare-sandbox.ts';
import { causeOf, missedDatabase } from './read-failure.ts';
import { Sandbox, type SandboxPlan } from './sandbox.ts';
import { tableFault } from './table-fault.ts';
import { laterUsers, trialUsers } from './trial-users.ts';

/** What the program did with sources of the trial's own. */
export type PipelineTrial = { readonly state: 'not-built'; readonly output: string } | PipelineRan;

export interface PipelineRan {
  readonly state: 'ran';
  /** Whose containers: the learner's own model, or Escale's where that one could not load anything. */
  readonly model: 'learner' | 'escale';
  readonly first: Turn;
  /** The same source again. Null where the first run loaded nothing. */
  readonly again: Turn | null;
  /** A source that has changed. Null, too, where the program does not ask the trial's source. */
  readonly later: Turn | null;
  readonly failures: Failures | null;
}

export interface Failures {
  readonly passages: Readonly<Record<SourceFailure, Passage>>;
  /** After all of them. */
  readonly table: UsersTable | null;
}

/** Runs the program of the project; once a look, for all criteria of 1.2. */
export function tryPipeline(view: LabView): Promise<PipelineTrial> {
  return view.once('sandbox:pipeline', async () => {
    const prepared = await prepareSandbox(view);
    const learners = prepared.learners && (await firstRun(view, prepared, prepared.learners, 'learner'));
    if (learners?.state === 'ran' && isTheProgram(learners.first)) return goOn(learners);
    if (learners?.state === 'ran') await learners.runs.sandbox.down();
    await writeOwnContext(view, prepared.folder);
    const own = await firstRun(view, prepared, prepared.own, 'escale');
    // Escale's own database is nobody's mistake.
    if (own.state === 'no-database') throw new LabUnavailable('engine');
    const told = learners?.state === 'ran' && !saysMore(own, learners) ? learners : own;
    return told.state === 'ran' ? goOn(told) : told;
  });
}

interface FirstRun extends Pick<PipelineRan, 'state' | 'model' | 'first'> {
  readonly runs: PipelineRuns;
}

async function firstRun(
  view: LabView,
  { ground, folder }: SandboxGround,
  plan: SandboxPlan,
  model: PipelineRan['model'],
): Promise<FirstRun | Exclude<PipelineTrial, PipelineRan> | { readonly state: 'no-database' }> {
  const scenario = `${view.trial}-${model}`;
  const document = pipelineDocument(plan, scenario, (name) => ground.source.url(name));
  const runs = new PipelineRuns(view, ground, new Sandbox(view, folder, { ...plan, document }), scenario);
  const first = await runs.first(trialUsers());
  if (first === 'no-database') return { state: 'no-database' };
  return 'notBuilt' in first ? { state: 'not-built', output: first.notBuilt } : { state: 'ran', model, first, runs };
}

/** Whether what a run did is the program's own doing, whatever it ran in: it loaded, or it ended well without a look at its source. */
function isTheProgram(first: Turn): boolean {
  return hasRows(first) || (first.passage.code === 0 && first.passage.requests === 0);
}

/** Whether Escale's model tells more of the program than the learner's own, which loaded nothing. */
function saysMore(own: FirstRun | { state: 'not-built' }, learners: FirstRun): boolean {
  if (own.state !== 'ran') return false;
  const { refusal, log } = learners.first.passage;
  return hasRows(own.first) || refusal !== '' || missedDatabase(log) || /PermissionError/.test(causeOf(log));
}

/** The runs that follow the first. The one with a slow source takes the longest: it goes on beside the others. */
async function goOn({ state, model, first, runs }: FirstRun): Promise<PipelineRan> {
  const ran = { state, model, first };
  if (!hasRows(first)) return { ...ran, again: null, later: null, failures: null };
  if (first.passage.requests === 0) return { ...ran, again: await runs.next(first.users), later: null, failures: null };
  await runs.sandbox.create(...SOURCE_FAILURES.map((failure) => twinOf(runs.sandbox.plan.etl, failure)));
  const [slow, beside] = await Promise.all([runs.failing('slow'), otherRuns(runs)]);
  const { again, later, ...failing } = wereDisturbed(first, beside) ? await otherRuns(runs) : beside;
  return { ...ran, again, later, failures: { passages: { ...failing, slow }, table: await runs.table() } };
}

async function otherRuns(runs: PipelineRuns): Promise<Record<'again' | 'later', Turn> & Record<'refused' | 'malformed', Passage>> {
  const again = await runs.next(trialUsers());
  const later = await runs.next(laterUsers());
  const [refused, malformed] = await Promise.all([runs.failing('refused'), runs.failing('malformed')]);
  return { again, later, refused, malformed };
}

/** A program that empties its table before it reads its source, or holds a lock while it does, may have come in the way of the other runs. */
function wereDisturbed(first: Turn, { again, later }: Record<'again' | 'later', Turn>): boolean {
  const ends = [again, later].some(({ passage }) => passage.code !== first.passage.code);
  return ends || count(again) < count(first) || (faultOf(first) === null && count(later) < later.users.length);
}

function faultOf({ table, users }: Turn): unknown {
  return table === null ? 'absent' : tableFault(table, users);
}

function count({ table }: Turn): number {
  return table?.count ?? 0;
}

function hasRows(turn: Turn): boolean {
  return count(turn) > 0;
}
