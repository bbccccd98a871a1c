import { EscaleError } from '../../../errors/escale-error.ts';
import type { LabView, TrialGround } from '../../definitions.ts';
import { LabUnavailable } from '../../lab-unavailable.ts';
import { sandboxName } from '../../trial-names.ts';
import { chooseServices, withDependencies } from './choose-services.ts';
import { type ComposeDocument, composeDocumentSchema } from './compose-document.ts';
import { copyProject } from './copy-project.ts';
import { jsonOrNull } from './json-or-null.ts';
import { OWN_DATABASE, OWN_DOCKERFILE, OWN_ETL, ownDocument, ownProject } from './own-document.ts';
import type { SandboxPlan } from './sandbox.ts';
import { sandboxDocument } from './sandbox-document.ts';

const CONFIG_MS = 30_000;
const WRITE_MS = 20_000;

export interface SandboxGround {
  readonly ground: TrialGround;
  /** Absolute path of the trial's folder; the copied project is its `project`. */
  readonly folder: string;
  /** The learner's own model, made harmless; null where there is none that Compose can read, or none with both services. */
  readonly learners: SandboxPlan | null;
  /** Escale's own. */
  readonly own: SandboxPlan;
}

/** Copies the project and resolves what its Compose file says there. */
export async function prepareSandbox(view: LabView): Promise<SandboxGround> {
  const { ground } = view;
  if (ground === null) throw new LabUnavailable('source');
  const folder = ground.folder(view.trial);
  await copyProject(view, folder);
  const document = await resolve(view, folder);
  return { ground, folder, learners: document && learnersPlan(view, folder, document), own: ownPlan(view, folder, document) };
}

/** Puts what Escale's own image is built from beside the copy. */
export async function writeOwnContext(view: LabView, folder: string): Promise<void> {
  const script = 'mkdir -p "$0/own" && cat > "$0/own/Dockerfile" && cp "$0/project/requirements.txt" "$0/own/"';
  const written = await view.run(['sh', '-c', script, folder], { timeoutMs: WRITE_MS, stdin: OWN_DOCKERFILE });
  if (written.code !== 0) throw new LabUnavailable('lab', { cause: new Error(written.stderr) });
}

async function resolve(view: LabView, folder: string): Promise<ComposeDocument | null> {
  const script = `cd "$0/project" && exec docker compose --profile '*' config --format json`;
  const answer = await view.run(['sh', '-c', script, folder], { timeoutMs: CONFIG_MS });
  if (answer.code !== 0) return null;
  const parsed = composeDocumentSchema.safeParse(jsonOrNull(answer.stdout));
  return parsed.success ? parsed.data : null;
}

function learnersPlan({ trial }: LabView, folder: string, document: ComposeDocument): SandboxPlan | null {
  const chosen = chooseServices(document);
  if (chosen === null) return null;
  const keep = withDependencies(document, [chosen.etl, chosen.database]);
  if (keep.some((name) => document.services[name]?.network_mode === 'host')) throw onHostNetwork();
  const project = sandboxName(trial);
  const restarts = /^(always|on-failure|unless-stopped)/.test(document.services[chosen.etl]?.restart ?? '');
  return { ...chosen, project, restarts, document: sandboxDocument(document, { trial, project, folder: `${folder}/project`, keep }) };
}

function ownPlan({ trial }: LabView, folder: string, document: ComposeDocument | null): SandboxPlan {
  const project = ownProject(trial);
  const login = loginOf(document);
  const terms = { trial, project, folder: `${folder}/project`, context: `${folder}/own`, login };
  return { project, etl: OWN_ETL, database: OWN_DATABASE, restarts: false, document: ownDocument(terms) };
}

/** The account that the learner's own database would have, so that a program that knows it by heart finds it. */
function loginOf(document: ComposeDocument | null): { user: string; password: string; database: string } {
  const database = document && chooseServices(document)?.database;
  const environment = (database ? document.services[database]?.environment : null) ?? {};
  const given = (name: string, other: string) => String(environment[name] ?? other).replaceAll('$$', '$') || other;
  const user = given('POSTGRES_USER', 'dataeng');
  return { user, password: given('POSTGRES_PASSWORD', 'dataeng'), database: given('POSTGRES_DB', 'warehouse') };
}

function onHostNetwork(): EscaleError {
  return new EscaleError('unavailable', 'trial.host-network', {
    message: 'L’essai ne peut pas isoler un service dont `network_mode` est `host` : il parlerait à vos propres services.',
    hint: 'Laissez le service sur le réseau du projet : il y joint la base par son nom de service.',
  });
}
