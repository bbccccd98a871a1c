import { posix } from 'node:path';
import { EscaleError } from '../../../errors/escale-error.ts';
import { overlay, type Project, type ProjectEntry } from '../../../projects/project.ts';
import { applyEdits } from './apply-edits.ts';
import type { CaseChange } from './case-schema.ts';

/** The project of a case: the solution edited, then moved, then without what is removed, then with the case's own folders and whole files. */
export function applyChange(solution: Project, change: CaseChange, whole: Project, name: string): Project {
  const project = new Map(solution);
  const unknown = (path: string, does: string) =>
    new EscaleError('usage', 'case.path-unknown', {
      message: `Le cas ${name} ${does} « ${path} », que la solution de la tâche ne contient pas.`,
      hint: 'Donnez le chemin du fichier tel qu’il est dans la solution de la tâche.',
    });

  for (const file of new Set(change.edits.map((edit) => edit.file))) {
    const entry = project.get(file);
    if (entry?.kind !== 'file') throw unknown(file, 'modifie');
    const edits = change.edits.filter((edit) => edit.file === file);
    project.set(file, { ...entry, content: Buffer.from(applyEdits(entry.content.toString('utf8'), edits, name)) });
  }
  for (const [from, to] of Object.entries(change.move)) {
    const taken = takeOut(project, from);
    if (taken.size === 0) throw unknown(from, 'déplace');
    takeOut(project, to);
    for (const [path, entry] of taken) {
      makeFolders(project, posix.dirname(to));
      project.set(to + path.slice(from.length), entry);
    }
  }
  for (const path of change.remove) if (takeOut(project, path).size === 0) throw unknown(path, 'retire');
  for (const path of change.folders) makeFolders(project, path);
  return overlay(project, whole);
}

/** What stands at the path and under it, which is no longer in the project. */
function takeOut(project: Map<string, ProjectEntry>, path: string): Map<string, ProjectEntry> {
  const taken = new Map([...project].filter(([known]) => known === path || known.startsWith(`${path}/`)));
  for (const known of taken.keys()) project.delete(known);
  return taken;
}

function makeFolders(project: Map<string, ProjectEntry>, path: string): void {
  if (path === '.' || project.has(path)) return;
  makeFolders(project, posix.dirname(path));
  project.set(path, { kind: 'folder', mode: 0o755 });
}
