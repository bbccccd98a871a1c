import type { ComposeDocument, DocumentService } from './compose-document.ts';

const POSTGRES = /(^|\/)(postgres|postgresql|postgis|timescaledb|pgvector)([:@-]|$)/;

/** The service built from the project's Dockerfile and the database beside it; null where one of them is missing. */
export function chooseServices(document: ComposeDocument): { etl: string; database: string } | null {
  const services = Object.entries(document.services);
  const built = services.filter(([, service]) => service.build !== undefined && !isDatabase(service)).map(([name]) => name);
  const etl = ['etl', ...built.filter((name) => /etl|pipeline/i.test(name)), ...built].find((name) => built.includes(name));
  const databases = services.filter(([, service]) => isDatabase(service)).map(([name]) => name);
  const needed = etl === undefined ? [] : Object.keys(document.services[etl]?.depends_on ?? {});
  const database = databases.find((name) => needed.includes(name)) ?? databases[0];
  return etl === undefined || database === undefined ? null : { etl, database };
}

/** By its image's family, or, where it is built, by the variables that only PostgreSQL reads. */
function isDatabase(service: DocumentService): boolean {
  if (service.image !== undefined && POSTGRES.test(service.image)) return true;
  const names = Object.keys(service.environment ?? {});
  return (
    service.build !== undefined &&
    names.some((name) => /^POSTGRES_(PASSWORD(_FILE)?|HOST_AUTH_METHOD)$/.test(name)) &&
    !names.includes('DATABASE_URL') &&
    !names.includes('SOURCE_API_URL')
  );
}

/** These services and all that they depend on. */
export function withDependencies(document: ComposeDocument, names: readonly string[]): string[] {
  const found = new Set<string>();
  const visit = (name: string): void => {
    const service = document.services[name];
    if (service === undefined || found.has(name)) return;
    found.add(name);
    for (const needed of Object.keys(service.depends_on ?? {})) visit(needed);
    const shared = /^service:(.+)$/.exec(service.network_mode ?? '')?.[1];
    if (shared !== undefined) visit(shared);
  };
  for (const name of names) visit(name);
  return [...found];
}
