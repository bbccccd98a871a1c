import { LabUnavailable } from '../../lab-engine/lab-unavailable.ts';
import type { Act } from '../act.ts';
import type { TrialView } from '../definitions.ts';
import { causeOf, missedDatabase } from '../readers/logs/read-failure.ts';
import { tableFault } from '../readers/postgres/table-fault.ts';
import type { UsersTable } from '../readers/postgres/users-table.ts';
import { pipelineDocument, SOURCE_FAILURES, type SourceFailure, twinOf } from './sandbox/pipeline-document.ts';
import { type PipelineRun, PipelineRunner } from './sandbox/pipeline-runner.ts';
import { type PreparedSandbox, prepareSandbox, writeOwnContext } from './sandbox/prepare-sandbox.ts';
import { programDigest } from './sandbox/project-digest.ts';
import type { Run } from './sandbox/run.ts';
import { Sandbox, type SandboxPlan } from './sandbox/sandbox.ts';
import { laterUsers, trialUsers } from './sandbox/trial-users.ts';

/** What the program did with sources of the trial's own. */
export type PipelineOutcome = { readonly state: 'not-built'; readonly output: string } | PipelineRan;

export interface PipelineRan {
  readonly state: 'ran';
  /** Whose containers ran: those of the learner's model, or Escale's own if that model could not load anything. */
  readonly model: 'learner' | 'escale';
  readonly first: PipelineRun;
  /** A second run with the same source. Null if the first run loaded nothing. */
  readonly again: PipelineRun | null;
  /** A run with a changed source. Null also if the program does not ask the trial's source. */
  readonly later: PipelineRun | null;
  readonly failures: Failures | null;
}

export interface Failures {
  readonly runs: Readonly<Record<SourceFailure, Run>>;
  /** The table after all these runs. */
  readonly table: UsersTable | null;
}

/** Runs the program of the project against sources of the trial's own, beside an empty database. */
export const pipelineAct: Act<PipelineOutcome> = {
  name: 'pipeline',
  version: 3,
  announce:
    'L’essai copie votre projet, lance votre programme devant une base neuve et des sources d’essai : normale, changée, en panne, illisible, lente. Il prend une minute environ, plus la première installation des paquets. Vos conteneurs, vos volumes et vos données ne sont pas touchés ; rien ne reste ensuite.',
  usualMs: 60_000,
  digest: programDigest,
  async run(view) {
    const prepared = await prepareSandbox(view);
    const learners = prepared.learners && (await firstRun(view, prepared, prepared.learners, 'learner'));
    if (learners?.state === 'ran' && hasRows(learners.first)) return goOn(learners);
    if (learners?.state === 'ran') await learners.runs.sandbox.down();
    const own = await ownRun(view, prepared);
    // If Escale's own database does not start, the learner is not to blame.
    if (own.state === 'no-database') throw new LabUnavailable('engine');
    const told = learners?.state === 'ran' && !saysMore(own, learners) ? learners : own;
    return told.state === 'ran' ? goOn(told) : told;
  },
};

interface FirstRun extends Pick<PipelineRan, 'state' | 'model' | 'first'> {
  readonly runs: PipelineRunner;
}

async function firstRun(
  view: TrialView,
  { environment, folder }: PreparedSandbox,
  plan: SandboxPlan,
  model: PipelineRan['model'],
): Promise<FirstRun | Exclude<PipelineOutcome, PipelineRan> | { readonly state: 'no-database' }> {
  const scenario = `${view.trial}-${model}`;
  const document = pipelineDocument(plan, scenario, (name) => environment.source.url(name));
  const runs = new PipelineRunner(view, environment, new Sandbox(view, folder, { ...plan, document }), scenario);
  const first = await runs.first(trialUsers());
  if (first === 'no-database') return { state: 'no-database' };
  return 'notBuilt' in first ? { state: 'not-built', output: first.notBuilt } : { state: 'ran', model, first, runs };
}

/** Beside Escale's own database: in the learner's image, which may compile what the course's cannot, then in the course's. */
async function ownRun(view: TrialView, prepared: PreparedSandbox): Promise<Awaited<ReturnType<typeof firstRun>>> {
  const inImage = prepared.inImage && (await firstRun(view, prepared, prepared.inImage, 'escale'));
  if (inImage?.state === 'ran' && hasRows(inImage.first)) return inImage;
  if (inImage?.state === 'ran') await inImage.runs.sandbox.down();
  await writeOwnContext(view, prepared.folder);
  const own = await firstRun(view, prepared, prepared.own, 'escale');
  return own.state === 'not-built' && inImage?.state === 'ran' ? inImage : own;
}

/** Whether the run in Escale's model tells more about the program than the run in the learner's, which loaded nothing. */
function saysMore(own: FirstRun | { state: 'not-built' }, learners: FirstRun): boolean {
  if (own.state !== 'ran') return false;
  const { refusal, log } = learners.first.run;
  return hasRows(own.first) || refusal !== '' || missedDatabase(log) || /PermissionError/.test(causeOf(log));
}

/** The runs after the first. The one with a slow source takes longest, so it runs beside the others. */
async function goOn({ state, model, first, runs }: FirstRun): Promise<PipelineRan> {
  const ran = { state, model, first };
  if (!hasRows(first)) return { ...ran, again: null, later: null, failures: null };
  if (first.run.requests === 0) return { ...ran, again: await runs.next(first.users), later: null, failures: null };
  runs.sandbox.step('Votre programme tourne de nouveau : sources changée, en panne, illisible, lente');
  await runs.sandbox.create(...SOURCE_FAILURES.map((failure) => twinOf(runs.sandbox.plan.etl, failure)));
  const [slow, beside] = await Promise.all([runs.failing('slow'), otherRuns(runs)]);
  const { again, later, ...failing } = wereDisturbed(first, beside) ? await otherRuns(runs) : beside;
  return { ...ran, again, later, failures: { runs: { ...failing, slow }, table: await runs.table() } };
}

async function otherRuns(runs: PipelineRunner): Promise<Record<'again' | 'later', PipelineRun> & Record<'refused' | 'malformed', Run>> {
  const again = await runs.next(trialUsers());
  const later = await runs.next(laterUsers());
  const [refused, malformed] = await Promise.all([runs.failing('refused'), runs.failing('malformed')]);
  return { again, later, refused, malformed };
}

/** Whether the run with a slow source disturbed the others: its program may empty the table before it reads the source, or hold a lock meanwhile. */
function wereDisturbed(first: PipelineRun, { again, later }: Record<'again' | 'later', PipelineRun>): boolean {
  const ends = [again, later].some(({ run }) => run.code !== first.run.code);
  return ends || count(again) < count(first) || (faultOf(first) === null && count(later) < later.users.length);
}

function faultOf({ table, users, atMs }: PipelineRun): unknown {
  return table === null ? 'absent' : tableFault(table, users, { atMs });
}

function count({ table }: PipelineRun): number {
  return table?.count ?? 0;
}

function hasRows(turn: PipelineRun): boolean {
  return count(turn) > 0;
}
