import { lstat, readdir, readFile, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type Docker from 'dockerode';
import { EDITOR_FILE_BYTES, type FileEntry, TREE_ENTRIES } from '../../contract/files.ts';
import { DockerEngine } from '../lab-engine/docker-engine.ts';
import type { ProjectFiles, Subject, ToolOptions, ToolResult } from './definitions.ts';
import { LocalDialer } from './network/local-dialer.ts';
import { stackNetwork } from './network/stack-network.ts';
import { runTool } from './run-tool.ts';

/** A folder of this machine and an engine beside it: what `check --here` judges. */
export function subjectHere(folder: string, { docker, address }: { docker: Docker; address: string }): Subject {
  const engine = new DockerEngine(docker);
  const network = stackNetwork(new LocalDialer(address));
  const bound = (signal?: AbortSignal): Subject => ({
    engine: signal ? engine.within(signal) : engine,
    network,
    project: new FolderProject(folder, signal),
    environment: null,
    now: Date.now,
    within: bound,
  });
  return bound();
}

class FolderProject implements ProjectFiles {
  readonly #folder: string;
  readonly #signal: AbortSignal | undefined;

  constructor(folder: string, signal: AbortSignal | undefined) {
    this.#folder = folder;
    this.#signal = signal;
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

  async entries(): Promise<readonly FileEntry[]> {
    const names = await readdir(this.#folder, { recursive: true });
    return Promise.all(
      names
        .sort()
        .slice(0, TREE_ENTRIES)
        .map((name) => this.#entry(name)),
    );
  }

  async run(argv: readonly string[], options: ToolOptions): Promise<ToolResult> {
    return runTool(this.#folder, argv, options, this.#signal);
  }

  async #entry(name: string): Promise<FileEntry> {
    const found = await lstat(join(this.#folder, name));
    const kind = found.isDirectory() ? 'folder' : found.isSymbolicLink() ? 'link' : 'file';
    return { path: name.split(sep).join('/'), kind, size: found.size, mode: found.mode & 0o7777 };
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR', 'EACCES'].includes(String(error.code));
}
