import type { SourceUser } from '../../../contract/source.ts';
import { LabUnavailable } from '../../lab-engine/lab-unavailable.ts';
import type { Act } from '../act.ts';
import type { TrialView } from '../definitions.ts';
import { composeServices, type Service } from '../readers/compose/compose-services.ts';
import type { Keyspace } from '../readers/redis/keyspace.ts';
import type { ApiAnswer } from './sandbox/api-answer.ts';
import { ApiRunner } from './sandbox/api-runner.ts';
import { pipelineDocument } from './sandbox/pipeline-document.ts';
import { PipelineRunner } from './sandbox/pipeline-runner.ts';
import { prepareSandbox } from './sandbox/prepare-sandbox.ts';
import { projectDigest } from './sandbox/project-digest.ts';
import { Sandbox } from './sandbox/sandbox.ts';
import { laterUsers, trialUsers } from './sandbox/trial-users.ts';

/** What the pipeline and the API do with Redis, and the API with its database. */
export type ApiOutcome =
  | { readonly state: 'no-model' | 'no-database' | 'not-loaded' }
  | { readonly state: 'not-built'; readonly service: 'etl' | 'api'; readonly output: string }
  | ApiRan;

export interface ApiRan {
  readonly state: 'ran';
  /** What Redis held after the pipeline's first run. Null without a Redis service that answers. */
  readonly afterLoad: Keyspace | null;
  /** Whether Redis wants a password, and whose variables hold it. Null if it wants none. */
  readonly password: { readonly etl: boolean; readonly api: boolean } | null;
  /** Null without an API in the Compose file. */
  readonly api: ApiFacts | { readonly state: 'silent'; readonly log: string } | null;
}

export interface ApiFacts {
  readonly state: 'answers';
  /** Redis before and after the first `/users`, emptied before. */
  readonly keys: Keyspace | null;
  /** `/users`: the first time, after a row was changed in the database, and after the pipeline has loaded another source. */
  readonly users: { readonly first: ApiAnswer; readonly changed: ApiAnswer; readonly reloaded: ApiAnswer };
  /** The ids of the second source, and whether its load succeeded. */
  readonly later: { readonly ids: readonly number[]; readonly loaded: boolean };
  /** Two users of the table. */
  readonly one: ApiAnswer;
  readonly other: ApiAnswer;
  /** A user that does not exist, then once a row with its id was added. */
  readonly unknown: ApiAnswer;
  readonly added: ApiAnswer;
  readonly healthy: ApiAnswer;
  /** While Redis is stopped. Null without a Redis service. */
  readonly withoutRedis: ApiAnswer | null;
  /** While PostgreSQL is stopped, and once it answers again. */
  readonly down: { readonly health: ApiAnswer; readonly users: ApiAnswer };
  readonly up: { readonly health: ApiAnswer; readonly users: ApiAnswer };
}

/** An id that no source gives. */
const UNKNOWN = 4242;

/** Runs the pipeline and the API beside new databases, changes rows, and stops Redis and PostgreSQL in turn. */
export const apiAct: Act<ApiOutcome> = {
  name: 'api',
  version: 1,
  announce:
    'L’essai copie votre projet et démarre à côté, sous d’autres noms, vos bases, votre pipeline et votre API ; il change des lignes, recharge, arrête Redis puis PostgreSQL, et lit ce que l’API répond chaque fois. Il prend une minute environ, plus la construction des images si elles ont changé. Vos conteneurs, vos volumes et vos données ne sont pas touchés ; rien ne reste ensuite.',
  usualMs: 60_000,
  digest: projectDigest,
  async run(view) {
    const { environment, folder, learners } = await prepareSandbox(view, 'api');
    const { api, redis } = (await composeServices(view)).of;
    if (learners === null) return { state: 'no-model' };
    const scenario = `${view.trial}-api`;
    const document = pipelineDocument(learners, scenario, (name) => environment.source.url(name));
    const sandbox = new Sandbox(view, folder, { ...learners, document });
    const runs = new PipelineRunner(view, environment, sandbox, scenario);
    const first = await runs.first(trialUsers());
    if (first === 'no-database') return { state: 'no-database' };
    if ('notBuilt' in first) return { state: 'not-built', service: 'etl', output: first.notBuilt };
    if ((first.table?.count ?? 0) === 0) return { state: 'not-loaded' };
    const runner = new ApiRunner(view, sandbox, { api: api?.name ?? null, redis: redis?.name ?? null, port: portOf(api) });
    const afterLoad = await runner.keyspace();
    const password = await runner.password(learners.etl);
    if (api === null) return { state: 'ran', afterLoad, password, api: null };
    const built = await sandbox.build(api.name);
    if (built.code !== 0) return { state: 'not-built', service: 'api', output: built.stderr };
    const answers = await runner.start();
    const facts = answers ? await tryApi(view, runner, runs) : ({ state: 'silent', log: await runner.log() } as const);
    return { state: 'ran', afterLoad, password, api: facts };
  },
};

async function tryApi({ step }: TrialView, api: ApiRunner, runs: PipelineRunner): Promise<ApiFacts> {
  step('L’API répond : elle est lue, une ligne change, elle est relue');
  const [one, other] = trialUsers();
  await api.flush();
  const first = await api.get('/users');
  const keys = await api.keyspace();
  await api.tell(`UPDATE users_data SET name = 'Changé par l’essai' WHERE id = ${one?.id}`);
  const changed = await api.get('/users');
  const answers = { one: await api.get(`/users/${one?.id}`), other: await api.get(`/users/${other?.id}`) };
  const unknown = await api.get(`/users/${UNKNOWN}`);
  await api.tell(`INSERT INTO users_data SELECT (json_populate_record(u, '{"id": ${UNKNOWN}}')).* FROM users_data u LIMIT 1`);
  const added = await api.get(`/users/${UNKNOWN}`);
  step('Le pipeline charge une source changée, puis l’API est relue');
  const loaded = await loadLater(runs);
  const reloaded = await api.get('/users');
  const healthy = await api.get('/health');
  step('Redis est arrêté, puis PostgreSQL');
  const withoutRedis = await api.withoutRedis(() => api.get('/users'));
  await api.flush();
  const down = await api.withoutDatabase(async () => ({ health: await api.get('/health'), users: await api.get('/users') }));
  const up = { health: await api.healthAgain(), users: await api.get('/users') };
  const later = { ids: laterUsers().map(({ id }: SourceUser) => id), loaded };
  return {
    state: 'answers',
    keys,
    users: { first, changed, reloaded },
    later,
    ...answers,
    unknown,
    added,
    healthy,
    withoutRedis,
    down,
    up,
  };
}

/** Whether a second load succeeds. An API that never ends its transactions blocks it, and every question about the table. */
async function loadLater(runs: PipelineRunner): Promise<boolean> {
  try {
    const { run, table } = await runs.next(laterUsers());
    return run.code === 0 && (table?.count ?? 0) > 0;
  } catch (error) {
    if (error instanceof LabUnavailable) return false;
    throw error;
  }
}

/** The port on which the API listens in its container: the one that it publishes, otherwise the brief's. */
function portOf(api: Service | null): number {
  return api?.service.ports.find(({ protocol }) => protocol === 'tcp')?.target ?? 8000;
}

/** What the API answered in the trial. Null if it did not. */
export function answersOf(trial: ApiOutcome): ApiFacts | null {
  return trial.state === 'ran' && trial.api?.state === 'answers' ? trial.api : null;
}
