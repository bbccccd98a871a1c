import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import tar from 'tar-stream';
import { EscaleError } from '../errors/escale-error.ts';
import type { Project, ProjectEntry } from './project.ts';
import { innerTarget } from './read-folder.ts';

export interface UnpackOptions {
  /** Whether a path is read at all; what is left out takes no memory. */
  readonly keep: (path: string) => boolean;
  readonly maxBytes: number;
}

/** A bound for the entries that are kept, which cost memory even where they are empty. */
const MOST_ENTRIES = 10_000;

/** The tar of a project as `LabAgent.getTree` gives it: the counterpart of `packProject`. A lab's agent may be forged: what it sends is bounded, and a path that leads out is refused. */
export async function unpackProject(archive: Readable, { keep, maxBytes }: UnpackOptions): Promise<Project> {
  const project = new Map<string, ProjectEntry>();
  const extract = tar.extract();
  archive.once('error', (error) => extract.destroy(error));
  archive.pipe(extract);
  let left = maxBytes;
  try {
    for await (const entry of extract) {
      const { name, type, mode = 0, size = 0, linkname } = entry.header;
      const path = innerPath(name);
      if (path === '' || !keep(path)) {
        entry.resume();
        continue;
      }
      left -= size;
      if (left < 0 || project.size >= MOST_ENTRIES) throw tooLarge();
      const content = await buffer(entry);
      if (type === 'directory') project.set(path, { kind: 'folder', mode: mode & 0o7777 });
      else if (type === 'file') project.set(path, { kind: 'file', mode: mode & 0o7777, content });
      else if (type === 'symlink') project.set(path, { kind: 'link', target: innerTarget(path, linkname ?? '') });
      else if (type === 'link') linkTo(project, path, innerPath(linkname ?? ''));
    }
  } finally {
    archive.destroy();
  }
  return project;
}

/** A second name of a file becomes a file of the same content. */
function linkTo(project: Map<string, ProjectEntry>, path: string, other: string): void {
  const entry = project.get(other);
  if (entry !== undefined) project.set(path, entry);
}

/** `./src/load.py` is `src/load.py`, the folder itself is ``. */
function innerPath(name: string): string {
  const segments = name.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (!name.startsWith('/') && !segments.includes('..')) return segments.join('/');
  throw new EscaleError('unavailable', 'project.path-outside', {
    message: `Le labo a envoyé un chemin qui sort du projet : « ${name} ».`,
    hint: 'Arrêtez le labo, puis démarrez-le à nouveau.',
  });
}

function tooLarge(): EscaleError {
  return new EscaleError('usage', 'project.too-large', {
    message: 'Le projet de ce labo est trop grand pour être lu d’un bloc.',
    hint: 'Retirez du projet les gros fichiers (données, archives, environnements), puis recommencez.',
  });
}
