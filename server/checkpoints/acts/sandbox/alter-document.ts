import type { ImageFacts } from '../../../lab-engine/definitions.ts';
import { type ComposeDocument, type DocumentService, literal } from './compose-document.ts';

type Environment = NonNullable<DocumentService['environment']>;

export function withEnvironment(document: ComposeDocument, name: string, environment: Environment): ComposeDocument {
  return change(document, name, (service) => ({ ...service, environment: { ...service.environment, ...environment } }));
}

/** The service no longer waits for another one: the trial itself waits for that one. */
export function withoutWaiting(document: ComposeDocument, name: string, needed: string): ComposeDocument {
  return change(document, name, (service) => ({
    ...service,
    depends_on: Object.fromEntries(Object.entries(service.depends_on ?? {}).filter(([one]) => one !== needed)),
  }));
}

/** Adds a second service with the same image and other variables. */
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

/** The service starts its program some seconds late. `image`: what its image runs if the document does not say. */
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
