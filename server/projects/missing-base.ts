import type { FileEntry } from '../../contract/files.ts';
import { projectBefore } from './project-states.ts';

/** What a task builds on and a project lacks. */
export interface MissingBase {
  /** The project has no file at all, and the state before the task has some. */
  readonly empty: boolean;
  /** Files of the state before the task, as the brief names them; empty if the project has what the task needs. */
  readonly missing: readonly string[];
}

/** Other names that Compose reads. */
const SAME_AS: Readonly<Record<string, readonly string[]>> = {
  'docker-compose.yml': ['docker-compose.yaml', 'compose.yml', 'compose.yaml'],
};

/**
 * Compares the project with the state before a task. Only the files at the root count, since learners divide their code as they like: a
 * file is missing if it is not there, or is still empty where the earlier tasks fill it. A file that they leave empty is only missing with
 * all the others.
 */
export async function missingBase(task: string, entries: readonly FileEntry[]): Promise<MissingBase> {
  const before = [...(await projectBefore(task))].flatMap(([path, entry]) =>
    entry.kind === 'file' && !path.includes('/') && !path.startsWith('.') ? [{ path, filled: entry.content.length > 0 }] : [],
  );
  const there = before.filter(({ path, filled }) => [path, ...(SAME_AS[path] ?? [])].some((name) => holds(entries, name, filled)));
  const needed = there.length === 0 ? before : before.filter(({ filled }) => filled);
  return {
    empty: before.length > 0 && !entries.some(({ kind }) => kind !== 'folder'),
    missing: needed.flatMap((file) => (there.includes(file) ? [] : [file.path])).sort(),
  };
}

function holds(entries: readonly FileEntry[], path: string, filled: boolean): boolean {
  return entries.some((entry) => entry.path === path && (entry.kind !== 'file' || entry.size > 0 || !filled));
}
