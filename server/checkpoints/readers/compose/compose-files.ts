import type { LabView } from '../../definitions.ts';

/** In the order in which Compose looks for them: the first is read, the others are not. */
const NAMES = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];
const OVERRIDES = ['compose.override.yml', 'compose.override.yaml', 'docker-compose.override.yml', 'docker-compose.override.yaml'];
/** The name that the brief gives. */
export const COMPOSE_FILE = 'docker-compose.yml';

export interface ComposeFiles {
  /** What Compose reads, the base first; empty where there is none. */
  readonly used: readonly string[];
  /** Base files that Compose leaves aside. */
  readonly ignored: readonly string[];
  /** A name that looks like it was meant. */
  readonly lookalike: string | null;
}

/** The Compose files of the project, as `docker compose` without `-f` finds them. */
export async function composeFiles(view: LabView): Promise<ComposeFiles> {
  const present = await view.rootNames();
  const chosen = chosenFiles(await view.file('.env'));
  if (chosen.length > 0) return { used: chosen, ignored: [], lookalike: null };
  const [base, ...ignored] = NAMES.filter((name) => present.includes(name));
  const override = OVERRIDES.find((name) => present.includes(name));
  if (base) return { used: override ? [base, override] : [base], ignored, lookalike: null };
  const lookalike = present.find((name) => /^(docker)?[-_. ]?compose\w*([-_.]\w+)*$/i.test(name));
  return { used: [], ignored: [], lookalike: lookalike ?? null };
}

/** `COMPOSE_FILE` of a `.env` names them. */
function chosenFiles(env: string | null): string[] {
  const value = /^\s*COMPOSE_FILE\s*=\s*["']?([^"'\s#]+)/m.exec(env ?? '')?.[1] ?? '';
  return value
    .split(':')
    .map((path) => path.replace(/^\.\//, ''))
    .filter((path) => path !== '' && !path.startsWith('/') && !path.split('/').includes('..'));
}
