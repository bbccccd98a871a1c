import type { Where } from '../../../../contract/verdict.ts';
import type { Service } from '../compose/compose-services.ts';
import type { ComposeProject } from '../compose/read-compose.ts';

/** Why a run of the ETL failed, as far as its log tells. */
export interface EtlCause {
  readonly code: string;
  /** French. */
  readonly what: string;
  readonly where: Where;
  readonly look: string;
  /** A bug of the program. It may only exist in an image that is older than the code. */
  readonly inCode: boolean;
}

export interface EtlRun {
  readonly log: string;
  readonly project: ComposeProject;
  readonly etl: Service;
  readonly database: Service | null;
  readonly mongodb?: Service | null;
  readonly redis?: Service | null;
  /** The end of what PostgreSQL logged, if it was asked: it says more about an account than the client hears. */
  readonly databaseLog?: string;
  /** The service that has each address of the stack's networks now. */
  readonly owners?: Readonly<Record<string, string>>;
  /** The variables of the ETL's container, those of its image included. */
  readonly env?: readonly string[];
}

export function cause(code: string, what: string, where: Where, look: string, inCode = false): EtlCause {
  return { code, what, where, look, inCode };
}

export function firstOf(log: string, patterns: readonly RegExp[]): string | null {
  for (const pattern of patterns) {
    const found = pattern.exec(log)?.[1];
    if (found) return found;
  }
  return null;
}

/** The variable of the service whose value contains this word, and where it is written. */
export function placeOfText(project: ComposeProject, service: Service, text: string): { name: string | null; where: Where } {
  const word = new RegExp(`(^|[^\\w.-])${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}([^\\w-]|$)`);
  return placeOfVariable(project, service, (_, value) => word.test(value) || (!/^\w/.test(text) && value.includes(text)));
}

/** The first variable of the service that satisfies a test, and where it is written; otherwise the place of them all. */
export function placeOfVariable(
  project: ComposeProject,
  { name: service, service: { environment } }: Service,
  test: (name: string, value: string) => boolean,
): { name: string | null; where: Where } {
  const name = Object.entries(environment).find(([one, value]) => value !== null && test(one, value))?.[0];
  const path = ['services', service, 'environment'];
  if (!name) return { name: null, where: { ...project.places.nearest(path), service } };
  return { name, where: { ...project.places.entry(path, name, (item) => item === name || item.startsWith(`${name}=`)), service } };
}
