import { applyEdits } from '../checkpoints/lesson-test/cases/apply-edits.ts';
import type { Project } from '../projects/project.ts';
import type { Break } from './definitions.ts';
import type { WorkshopStack } from './workshop-stack.ts';

const COMMAND_MS = 120_000;

export function textOf(project: Project, path: string): string | null {
  const entry = project.get(path);
  return entry?.kind === 'file' ? entry.content.toString('utf8') : null;
}

/** The files that a break changes, with their new texts. */
export function brokenFiles(
  project: Project,
  { edits = [], whole = {} }: Break,
  name: string,
): Map<string, { text: string; mode?: number }> {
  const changed = new Map<string, { text: string; mode?: number }>();
  for (const file of new Set(edits.map((edit) => edit.file))) {
    const own = edits.filter((edit) => edit.file === file);
    changed.set(file, { text: applyEdits(textOf(project, file) ?? '', own, name) });
  }
  for (const [path, entry] of Object.entries(whole)) changed.set(path, entry);
  return changed;
}

/** False if a command of the break is refused, for a name that is taken for example. */
export async function breakCopy(stack: WorkshopStack, project: Project, how: Break, name: string): Promise<boolean> {
  for (const [path, { text, mode }] of brokenFiles(project, how, name)) await stack.write(path, text, mode);
  for (const command of how.commands ?? []) {
    const ran = await stack.run(['sh', '-c', command], { timeoutMs: COMMAND_MS });
    if (ran.code !== 0) return false;
  }
  return true;
}
