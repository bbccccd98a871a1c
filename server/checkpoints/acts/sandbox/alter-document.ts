import type { ImageFacts } from '../../../lab-engine/definitions.ts';
import { type ComposeDocument, type DocumentService, literal } from './compose-document.ts';

type Environment = NonNullable<DocumentService['environment']>;

export function withEnvironment(document: ComposeDocument, name: string, environment: Environment): ComposeDocument {
  return change(document, name, (service) => ({ ...service, environment: { ...service.environment, ...environment } }));
}

/** The service no longer waits for another, which the trial itself has waited for. */
export function withoutWaiting(document: ComposeDocument, name: string, needed: string): ComposeDocument {
  return change(document, name, (service) => ({
    ...service,
    depends_on: Object.fromEntries(Object.entries(service.depends_on ?? {}).filter(([one]) => one !== needed)),
  }));
}

/** The same service again, from the same image, with other variables. */
export function withTwin(document: ComposeDocument, name: string, twin: string, environment: Environment): ComposeDocument {
  const service = document.services[name];
  if (service === undefined) return document;
  const { build, ...rest } = service;
  const copy = {
    ...rest,
    ...(build === undefined ? {} : { pull_policy: 'never' }),
    environment: { ...service.environment, ...environment },
  };
  return { ...document, services: { ...document.services, [twin]: copy } };
}

/** The service does what it does, so many seconds late. `image`: what its image runs where the document does not say. */
export function delayed(
  document: ComposeDocument,
  name: string,
  seconds: number,
  image: Pick<ImageFacts, 'entrypoint' | 'cmd'>,
): ComposeDocument {
  return change(document, name, (service) => {
    const own = service.entrypoint ?? null;
    const entrypoint = own ?? image.entrypoint.map(literal);
    const command = service.command ?? (own === null ? image.cmd.map(literal) : []);
    return { ...service, entrypoint: ['/bin/sh', '-c', `sleep ${seconds}; exec "$$0" "$$@"`, ...entrypoint, ...command], command: [] };
  });
}

function change(document: ComposeDocument, name: string, alter: (service: DocumentService) => DocumentService): ComposeDocument {
  const service = document.services[name];
  return service === undefined ? document : { ...document, services: { ...document.services, [name]: alter(service) } };
}
