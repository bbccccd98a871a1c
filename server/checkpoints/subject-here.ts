import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type Docker from 'dockerode';
import { EDITOR_FILE_BYTES } from '../../contract/files.ts';
import type { ProjectFiles, Subject } from './definitions.ts';
import { DockerEngine } from './engines/docker-engine.ts';

/** A folder of this machine and an engine beside it: what `check --here` judges. */
export function subjectHere(folder: string, docker: Docker): Subject {
  return { engine: new DockerEngine(docker), project: new FolderProject(folder) };
}

class FolderProject implements ProjectFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async read(path: string): Promise<string | null> {
    const full = join(this.#folder, path);
    try {
      const found = await stat(full);
      return found.isFile() && found.size <= EDITOR_FILE_BYTES ? await readFile(full, 'utf8') : null;
    } catch (error) {
      if (isAbsent(error)) return null;
      throw error;
    }
  }

  rootNames(): Promise<readonly string[]> {
    return readdir(this.#folder);
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR', 'EACCES'].includes(String(error.code));
}
