import type { Readable } from 'node:stream';
import type { Project } from '../../../projects/project.ts';
import { projectAfter } from '../../../projects/project-states.ts';
import { unpackProject } from '../../../projects/unpack-project.ts';
import type { CaseChange } from './case-schema.ts';
import { findChange } from './find-change.ts';
import { hideSecrets } from './hide-secrets.ts';
import { isWork } from './is-work.ts';

/** A case holds what somebody wrote by hand. */
const PROJECT_BYTES = 16 * 1024 ** 2;

/** What a lab's project is, against the solution of a task. */
export interface Captured {
  readonly change: CaseChange;
  readonly whole: Project;
  /** How many secrets were replaced by other words. */
  readonly hidden: number;
  /** What a program made, and what has no place in a case. */
  readonly leftOut: readonly string[];
}

/** Reads the project that a lab sends and compares it with the solution of a task. Who owns what and the finer rights, which git does not keep, are left out. */
export async function captureProject(archive: Readable, task: string): Promise<Captured> {
  const solution = await projectAfter(task);
  const leftOut: string[] = [];
  const keep = (path: string) => {
    const kept = isWork(path, solution);
    if (!kept && !leftOut.some((folder) => path.startsWith(`${folder}/`))) leftOut.push(path);
    return kept;
  };
  const read = plainModes(await unpackProject(archive, { keep, maxBytes: PROJECT_BYTES }));
  const { project, count } = hideSecrets(read, solution);
  return { ...findChange(plainModes(solution), project), hidden: count, leftOut };
}

function plainModes(project: Project): Project {
  return new Map(
    [...project].map(([path, entry]) => [path, entry.kind === 'link' ? entry : { ...entry, mode: plainMode(entry.kind, entry.mode) }]),
  );
}

function plainMode(kind: 'file' | 'folder', mode: number): number {
  return kind === 'folder' || (mode & 0o100) !== 0 ? 0o755 : 0o644;
}
