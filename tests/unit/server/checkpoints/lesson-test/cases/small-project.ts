import type { Project } from '../../../../../../server/projects/project.ts';

export const folder = Symbol('folder');

/** A project in memory: texts are files. */
export function projectOf(entries: Record<string, string | typeof folder>): Project {
  return new Map(
    Object.entries(entries).map(([path, text]) => [
      path,
      typeof text === 'string' ? { kind: 'file', mode: 0o644, content: Buffer.from(text) } : { kind: 'folder', mode: 0o755 },
    ]),
  );
}

/** What a test compares: the text of each file, the kind of all else. */
export function shown(project: Project): Record<string, string> {
  const sorted = [...project].sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(sorted.map(([path, entry]) => [path, entry.kind === 'file' ? entry.content.toString() : entry.kind]));
}
