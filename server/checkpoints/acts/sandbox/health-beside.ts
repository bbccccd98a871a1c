import { setTimeout as sleep } from 'node:timers/promises';
import type { ImageFacts } from '../../../lab-engine/definitions.ts';
import { LabUnavailable } from '../../../lab-engine/lab-unavailable.ts';
import type { ToolResult, TrialView } from '../../definitions.ts';
import type { ComposeDocument } from './compose-document.ts';
import { OWN_DATABASE, OWN_ETL } from './own-document.ts';
import { type PreparedSandbox, prepareSandbox } from './prepare-sandbox.ts';
import { Sandbox } from './sandbox.ts';
import { trialUsers } from './trial-users.ts';

/** How long the source lets each run of the pipeline wait, so that its health can be asked meanwhile. */
const DELAYS_MS = [4000, 8000, 8000];
const RUN_MS = 40_000;
const CHECK_MS = 30_000;
const POLL_MS = 300;

/** What the health check said beside a database that answers. */
export interface HealthBeside {
  /** `untold`: the pipeline itself did not succeed, or the check lacks a variable that a trial cannot know. */
  readonly state: 'healthy' | 'fails' | 'untold';
  readonly code: number;
  readonly output: string;
}

/** Runs the learner's image beside a new database, and its health check in it: while the pipeline runs, and again. Healthy once is enough. */
export async function healthBeside(view: TrialView, image: ImageFacts, argv: readonly string[]): Promise<HealthBeside> {
  view.step('Le bilan de santé tourne à côté d’une base neuve');
  const prepared = await prepareSandbox(view);
  const { environment, folder, own } = prepared;
  const scenario = `${view.trial}-health`;
  const sandbox = new Sandbox(view, folder, { ...own, document: besideDocument(prepared, image, environment.source.url(scenario)) });
  await sandbox.install();
  // If Escale's own database does not start, the learner is not to blame.
  if (!(await sandbox.startDatabase())) throw new LabUnavailable('engine');
  const runs: HealthRun[] = [];
  for (const delayMs of DELAYS_MS) {
    await environment.source.set(scenario, { users: trialUsers(), delayMs });
    await (runs.length === 0 ? sandbox.up(OWN_ETL) : sandbox.start(OWN_ETL));
    const run = await askWhileRunning(view, sandbox, argv);
    if (run.asked?.code === 0) return { state: 'healthy', code: 0, output: outputOf(run.asked) };
    runs.push(run);
    if (run.pipeline === null) break;
  }
  return toldBy(runs);
}

export interface HealthRun {
  /** The last answer of the check, or its first good one. Null if the container ended before any. */
  readonly asked: ToolResult | null;
  /** The exit code of the pipeline. Null if it still runs. */
  readonly pipeline: number | null;
}

/** What runs without one good answer tell: only beside a pipeline that succeeds, or still runs, is the check to blame. */
export function toldBy(runs: readonly HealthRun[]): HealthBeside {
  const last = runs.map(({ asked }) => asked).findLast((asked) => asked !== null);
  if (last === undefined) return { state: 'untold', code: 0, output: '' };
  const output = outputOf(last);
  const works = runs.some(({ pipeline }) => pipeline === 0 || pipeline === null);
  return { state: works && !lacksVariable(output) ? 'fails' : 'untold', code: last.code, output };
}

async function askWhileRunning(view: TrialView, sandbox: Sandbox, argv: readonly string[]): Promise<HealthRun> {
  const until = Date.now() + RUN_MS;
  let asked: ToolResult | null = null;
  while (Date.now() < until) {
    const facts = await sandbox.facts(OWN_ETL);
    if (facts?.state !== 'running') return { asked, pipeline: facts?.exitCode ?? 125 };
    const answer = await view.run(['docker', 'exec', sandbox.container(OWN_ETL), ...argv], { timeoutMs: CHECK_MS });
    if (!wasCut(answer)) asked = answer;
    if (answer.code === 0) break;
    await sleep(POLL_MS);
  }
  return { asked, pipeline: null };
}

/** Escale's own model with the learner's image as it is, and with the variables of their own model. */
export function besideDocument(
  { own, learners }: Pick<PreparedSandbox, 'own' | 'learners'>,
  image: ImageFacts,
  url: string,
): ComposeDocument {
  const { [OWN_ETL]: etl, [OWN_DATABASE]: database } = own.document.services;
  const { HOME: _home, ...known } = etl?.environment ?? {};
  const theirs = learners?.document.services[learners.etl]?.environment ?? {};
  const aliases = ['db', 'database', 'warehouse', 'postgresql', ...(learners === null ? [] : [learners.database])];
  return {
    ...own.document,
    services: {
      [OWN_DATABASE]: { ...database, networks: { default: { aliases } } },
      [OWN_ETL]: {
        image: image.id,
        pull_policy: 'never',
        environment: { ...theirs, ...known, SOURCE_API_URL: url },
        healthcheck: { disable: true },
        networks: { default: null },
        restart: 'no',
        ...(etl?.labels === undefined ? {} : { labels: etl.labels }),
      },
    },
  };
}

/** The container ended during the check. */
function wasCut({ code, timedOut, stderr }: ToolResult): boolean {
  return timedOut || code === 137 || code === 143 || /is not running|No such container|exec failed/.test(stderr);
}

function lacksVariable(output: string): boolean {
  return /KeyError: '[A-Z][A-Z0-9_]+'|unbound variable|parameter not set/.test(output);
}

function outputOf({ stdout, stderr }: ToolResult): string {
  return `${stdout}\n${stderr}`.trim().slice(-4000);
}
