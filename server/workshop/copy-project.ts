import type { ComposeServices, Service } from '../checkpoints/readers/compose/compose-services.ts';
import { EscaleError } from '../errors/escale-error.ts';
import type { LabAgent } from '../labs/agents/definitions.ts';
import type { Project, ProjectEntry } from '../projects/project.ts';
import { unpackProject } from '../projects/unpack-project.ts';
import { adaptCompose } from './adapt-compose.ts';

const MOST_BYTES = 16 * 1024 * 1024;
/** What programs make: the copy makes its own. */
const MADE = /^(\.git|\.venv|venv|node_modules|__pycache__)(\/|$)|\/__pycache__(\/|$)|^(data|logs)\/.*[^/]\.(csv|json|log|parquet)$/;
/** Settings of Compose that would lead out of the copy. */
const OUTWARD = /^\s*(export\s+)?COMPOSE_(PROJECT_NAME|FILE|PROFILES)\s*=.*$/gm;

export interface Copied {
  readonly project: Project;
  readonly composeFile: string;
  readonly etl: string;
  readonly database: string;
  /** Names of the services that the copy keeps. */
  readonly services: readonly string[];
}

/** The learner's project, made independent of their own stack. */
export async function copyProject(agent: LabAgent, { project: compose, of, all }: ComposeServices): Promise<Copied> {
  const { etl, postgres } = of;
  const [composeFile, ...others] = compose.files;
  if (etl === null || postgres === null || composeFile === undefined)
    throw notReady('Le fichier Compose n’a pas encore une base PostgreSQL et un pipeline.');
  if (others.length > 0) throw notReady('Votre projet a plusieurs fichiers Compose, et l’atelier ne sait en copier qu’un.');
  const project = new Map(await unpackProject(await agent.getTree(), { keep: (path) => !MADE.test(path), maxBytes: MOST_BYTES }));
  const services = withNeeded(all, [etl.name, postgres.name]);
  change(project, composeFile, (text) => adaptCompose(text, compose.model, { keep: services, database: postgres.name }));
  change(project, '.env', (text) => text.replace(OUTWARD, '').replace(/\n{3,}/g, '\n\n'));
  return { project, composeFile, etl: etl.name, database: postgres.name, services };
}

/** The services, and those that they depend on. */
function withNeeded(all: readonly Service[], names: readonly string[]): string[] {
  const kept = new Set(names);
  for (const name of kept) {
    const needed = all.find((one) => one.name === name)?.service.depends_on ?? {};
    for (const other of Object.keys(needed)) kept.add(other);
  }
  return [...kept].sort();
}

function change(project: Map<string, ProjectEntry>, path: string, alter: (text: string) => string | null): void {
  const entry = project.get(path);
  if (entry?.kind !== 'file') return;
  const text = alter(entry.content.toString('utf8'));
  if (text === null)
    throw notReady(`L’atelier ne sait pas copier \`${path}\` : ses services sont écrits par des ancres ou des inclusions.`);
  project.set(path, { ...entry, content: Buffer.from(text) });
}

export function notReady(message: string): EscaleError {
  return new EscaleError('conflict', 'workshop.not-ready', {
    message,
    hint: 'Atteignez d’abord les critères de la tâche 1.4, puis ouvrez l’atelier.',
  });
}
