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
  /** A fault of the program, that an image older than the code may explain. */
  readonly inCode: boolean;
}

export interface EtlRun {
  readonly log: string;
  readonly project: ComposeProject;
  readonly etl: Service;
  readonly database: Service | null;
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

/** The variable of the service whose value holds a text as a word, and where it is written. */
export function placeOfText(
  project: ComposeProject,
  { name: service, service: { environment } }: Service,
  text: string,
): { name: string | null; where: Where } {
  const word = new RegExp(`(^|[^\\w.-])${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}([^\\w-]|$)`);
  const name = Object.entries(environment).find(
    ([, value]) => value !== null && (word.test(value) || (!/^\w/.test(text) && value.includes(text))),
  )?.[0];
  const path = ['services', service, 'environment'];
  if (!name) return { name: null, where: { ...project.places.nearest(path), service } };
  return { name, where: { ...project.places.entry(path, name, (item) => item === name || item.startsWith(`${name}=`)), service } };
}
