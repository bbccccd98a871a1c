import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join, posix, relative, sep } from 'node:path';
import { EscaleError } from '../errors/escale-error.ts';
import type { Project, ProjectEntry } from './project.ts';

/** Reads a folder of this machine as a project, with dot files, modes, empty folders and inner links. */
export async function readFolder(root: string): Promise<Project> {
  const project = new Map<string, ProjectEntry>();
  const names = await readdir(root, { recursive: true }).catch((cause: unknown) => {
    throw new EscaleError(
      'usage',
      'project.folder-unreadable',
      { message: `Le dossier « ${root} » ne peut pas être lu.`, hint: 'Vérifiez son nom et ses droits.' },
      { cause },
    );
  });
  for (const name of names.sort()) {
    const path = relative(root, join(root, name)).split(sep).join('/');
    project.set(path, await readEntry(root, path));
  }
  return project;
}

async function readEntry(root: string, path: string): Promise<ProjectEntry> {
  const full = join(root, path);
  const stat = await lstat(full);
  const mode = stat.mode & 0o7777;
  if (stat.isDirectory()) return { kind: 'folder', mode };
  if (stat.isFile()) return { kind: 'file', mode, content: await readFile(full) };
  if (stat.isSymbolicLink()) return { kind: 'link', target: innerTarget(path, await readlink(full)) };
  throw refused('project.special-file', path, 'n’est ni un fichier, ni un dossier, ni un lien');
}

/** The target of a link that stays in the project; any other is refused. */
export function innerTarget(path: string, target: string): string {
  const landing = posix.normalize(posix.join(posix.dirname(path), target));
  if (posix.isAbsolute(target) || landing === '..' || landing.startsWith('../')) {
    throw refused('project.link-outside', path, 'est un lien qui sort du dossier');
  }
  return target;
}

function refused(code: string, path: string, why: string): EscaleError {
  return new EscaleError('usage', code, { message: `« ${path} » ${why}.`, hint: 'Retirez-le du dossier, puis recommencez.' });
}
