import type { ComposeDocument } from './compose-document.ts';

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
