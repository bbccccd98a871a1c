/** One entry of a project folder. `mode` holds the permission bits. */
export type ProjectEntry =
  | { readonly kind: 'file'; readonly mode: number; readonly content: Buffer }
  | { readonly kind: 'folder'; readonly mode: number }
  | { readonly kind: 'link'; readonly target: string };

/** A project folder in memory: relative path (`/` between segments) to entry. */
export type Project = ReadonlyMap<string, ProjectEntry>;

/** A file of a layer that lists paths to remove from the layers below, one per line. */
export const REMOVALS = '.remove';

/** The folder that results from applying the layers in order. */
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
