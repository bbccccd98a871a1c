import { EscaleError } from '../../../errors/escale-error.ts';
import { LabUnavailable } from '../../../lab-engine/lab-unavailable.ts';
import { sandboxName } from '../../../lab-engine/trial-names.ts';
import type { TrialEnvironment, TrialView } from '../../definitions.ts';
import { composeServices } from '../../readers/compose/compose-services.ts';
import { readCompose } from '../../readers/compose/read-compose.ts';
import { installedFolders } from '../../readers/dockerfile/installed-folders.ts';
import { readDockerfile } from '../../readers/dockerfile/read-dockerfile.ts';
import type { ServiceName } from '../../services.ts';
import { type ComposeDocument, composeDocumentSchema } from './compose-document.ts';
import { copyProject } from './copy-project.ts';
import { jsonOrNull } from './json-or-null.ts';
import { OWN_DATABASE, OWN_DOCKERFILE, OWN_ETL, ownDocument, ownProject } from './own-document.ts';
import type { SandboxPlan } from './sandbox.ts';
import { sandboxDocument } from './sandbox-document.ts';
import { withDependencies } from './with-dependencies.ts';

const CONFIG_MS = 90_000;
const WRITE_MS = 60_000;

export interface PreparedSandbox {
  readonly environment: TrialEnvironment;
  /** Absolute path of the trial's folder; the copied project is its `project`. */
  readonly folder: string;
  /** The learner's own model, made harmless. Null if Compose cannot read it or it does not have both services. */
  readonly learners: SandboxPlan | null;
  /** Escale's own model, with the course's image and the listed packages. */
  readonly own: SandboxPlan;
  /** The same with the image of the learner's Dockerfile. Null if there is none that can be read. */
  readonly inImage: SandboxPlan | null;
}

/** Copies the project and resolves its Compose file in the copy. `also`: a service to keep beside the ETL and what it talks to. */
export async function prepareSandbox(view: TrialView, also?: ServiceName): Promise<PreparedSandbox> {
  const { environment } = view;
  if (environment === null) throw new LabUnavailable('source');
  const folder = environment.folder(view.trial);
  view.step('Votre projet est copié');
  await copyProject(view, folder);
  const resolved = await resolve(view, folder);
  return {
    environment,
    folder,
    learners: resolved && learnersPlan(view, folder, resolved, also && (await composeServices(view)).of[also]?.name),
    own: ownPlan(view, folder, resolved, { project: ownProject(view.trial), build: { context: `${folder}/own` }, kept: [] }),
    inImage: await inImagePlan(view, folder, resolved),
  };
}

/** Writes the build context of Escale's own image beside the copy. */
export async function writeOwnContext(view: TrialView, folder: string): Promise<void> {
  const script = 'mkdir -p "$0/own" && cat > "$0/own/Dockerfile" && cp "$0/project/requirements.txt" "$0/own/"';
  const written = await view.run(['sh', '-c', script, folder], { timeoutMs: WRITE_MS, stdin: OWN_DOCKERFILE });
  if (written.code !== 0) throw new LabUnavailable('lab', { cause: new Error(written.stderr) });
}

interface Resolved {
  readonly document: ComposeDocument;
  readonly etl: string;
  readonly database: string;
  readonly beside: readonly string[];
}

/** The copy's Compose document. Null if Compose cannot read it or it does not have both services. */
async function resolve(view: TrialView, folder: string): Promise<Resolved | null> {
  if ((await readCompose(view)).state !== 'readable') return null;
  const { etl, postgres: database, mongodb, redis } = (await composeServices(view)).of;
  if (etl === null || database === null) return null;
  const beside = [mongodb, redis].flatMap((one) => one?.name ?? []);
  const script = `cd "$0/project" && exec docker compose --profile '*' config --format json`;
  const answer = await view.run(['sh', '-c', script, folder], { timeoutMs: CONFIG_MS });
  const parsed = answer.code === 0 ? composeDocumentSchema.safeParse(jsonOrNull(answer.stdout)) : null;
  return parsed?.success ? { document: parsed.data, etl: etl.name, database: database.name, beside } : null;
}

function learnersPlan(
  { trial }: TrialView,
  folder: string,
  { document, etl, database, beside }: Resolved,
  also: string | undefined,
): SandboxPlan {
  const keep = withDependencies(document, [etl, database, ...beside, ...(also === undefined ? [] : [also])]);
  if (keep.some((name) => document.services[name]?.network_mode === 'host')) throw onHostNetwork();
  const project = sandboxName(trial);
  const restarts = /^(always|on-failure|unless-stopped)/.test(document.services[etl]?.restart ?? '');
  return {
    etl,
    database,
    beside,
    project,
    restarts,
    document: sandboxDocument(document, { trial, project, folder: `${folder}/project`, keep }),
  };
}

type OwnBuild = Pick<Parameters<typeof ownDocument>[0], 'project' | 'build' | 'kept'>;

function ownPlan({ trial }: TrialView, folder: string, resolved: Resolved | null, build: OwnBuild): SandboxPlan {
  const document = ownDocument({ trial, folder: `${folder}/project`, login: loginOf(resolved), ...build });
  return { project: build.project, etl: OWN_ETL, database: OWN_DATABASE, beside: [], restarts: false, document };
}

async function inImagePlan(view: TrialView, folder: string, resolved: Resolved | null): Promise<SandboxPlan | null> {
  const reading = await readDockerfile(view);
  if (reading.state !== 'readable') return null;
  const build = { context: `${folder}/project`, dockerfile: reading.file };
  return ownPlan(view, folder, resolved, { project: ownProject(view.trial, 'image'), build, kept: installedFolders(reading.image) });
}

/** The account of the learner's own database, for programs that have it written in their code. */
function loginOf(resolved: Resolved | null): { user: string; password: string; database: string } {
  const environment = resolved?.document.services[resolved.database]?.environment ?? {};
  const given = (name: string, other: string) => String(environment[name] ?? other).replaceAll('$$', '$') || other;
  return {
    user: given('POSTGRES_USER', 'dataeng'),
    password: given('POSTGRES_PASSWORD', 'dataeng'),
    database: given('POSTGRES_DB', 'warehouse'),
  };
}

function onHostNetwork(): EscaleError {
  return new EscaleError('unavailable', 'trial.host-network', {
    message: 'L’essai ne peut pas isoler un service dont `network_mode` est `host` : il parlerait à vos propres services.',
    hint: 'Laissez le service sur le réseau du projet : il y joint la base par son nom de service.',
  });
}
