/** One entry of a project folder. `mode` holds the permission bits. */
export type ProjectEntry =
  | { readonly kind: 'file'; readonly mode: number; readonly content: Buffer }
  | { readonly kind: 'folder'; readonly mode: number }
  | { readonly kind: 'link'; readonly target: string };

/** A project folder in memory: path relative to it (`/` between segments) to entry. */
export type Project = ReadonlyMap<string, ProjectEntry>;

/** A layer lists, one a line, the paths that it takes away from what lies below it. */
export const REMOVALS = '.remove';

/** The folder that results when each layer is laid over the ones before it. */
export function overlay(...layers: readonly Project[]): Project {
  const result = new Map<string, ProjectEntry>();
  for (const layer of layers) {
    for (const path of removals(layer)) removeUnder(result, path);
    for (const [path, entry] of layer) {
      if (path === REMOVALS) continue;
      if (entry.kind !== 'folder') removeUnder(result, path);
      result.set(path, entry);
    }
  }
  return result;
}

function removals(layer: Project): string[] {
  const entry = layer.get(REMOVALS);
  return entry?.kind === 'file' ? entry.content.toString('utf8').split('\n').filter(Boolean) : [];
}

function removeUnder(project: Map<string, ProjectEntry>, path: string): void {
  for (const known of project.keys()) if (known === path || known.startsWith(`${path}/`)) project.delete(known);
}
