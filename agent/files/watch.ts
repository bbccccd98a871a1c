import { type FSWatcher, watch } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { AgentConfig } from '../config.ts';
import { errorCode } from '../errors.ts';
import { log } from '../log.ts';
import { ProjectPoll } from './poll.ts';
import { TEMPORARY_PREFIX } from './save.ts';
import { isClosedFolder } from './tree.ts';

const SETTLE_MS = 80;
/** Maximum number of watched folders: all labs of a host share the system's inotify watches. */
const MAX_FOLDERS = 2000;
const MAX_PATHS = 1000;
/** Means that anything may have changed. */
const EVERYTHING = '.';

/**
 * Reports the changed paths of the project, batched over a short delay; `.` when there are too many, or when the project folder itself was
 * removed or created. Watches each folder separately: Node's recursive watch needs one inotify watch per file.
 */
export class ProjectWatch {
  readonly #config: AgentConfig;
  readonly #project: string;
  readonly #onChange: (paths: string[]) => void;
  readonly #maxFolders: number;
  readonly #folders = new Map<string, FSWatcher>();
  readonly #parent: FSWatcher | null;
  #poll: ProjectPoll | null = null;
  #changed = new Set<string>();
  /** Paths that were created, removed or replaced, and so may be new folders to watch. */
  #moved = new Set<string>();
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(config: AgentConfig, onChange: (paths: string[]) => void, maxFolders: number = MAX_FOLDERS) {
    this.#config = config;
    this.#project = config.project;
    this.#onChange = onChange;
    this.#maxFolders = maxFolders;
    const name = basename(config.project);
    this.#parent = this.#open(dirname(config.project), (_event, changed) => {
      if (changed === name) this.#projectMoved();
    });
  }

  /** Resolves once every folder is watched. */
  start(): Promise<void> {
    return this.#enter('');
  }

  close(): void {
    this.#closed = true;
    this.#parent?.close();
    this.#poll?.close();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#forget('');
  }

  #projectMoved(): void {
    this.#moved.add('');
    this.#note(EVERYTHING);
  }

  /** Watches a folder and all folders below it that are not watched yet. */
  async #enter(folder: string): Promise<void> {
    const path = `${this.#project}/${folder}`;
    if (this.#closed || !(await isFolder(path))) return;
    if (!this.#folders.has(folder) && !this.#add(folder)) return;
    for (const name of await foldersIn(path)) {
      if (!isClosedFolder(name)) await this.#enter(folder === '' ? name : `${folder}/${name}`);
    }
  }

  /** False when the folder no longer exists, or no watch is left. */
  #add(folder: string): boolean {
    if (this.#closed) return false;
    if (this.#folders.size >= this.#maxFolders) {
      this.#lookInstead('too many folders');
      return false;
    }
    const watcher = this.#open(`${this.#project}/${folder}`, (event, name) => this.#seen(folder, event, name));
    if (watcher === null) return false;
    watcher.on('error', () => this.#forget(folder));
    this.#folders.set(folder, watcher);
    return true;
  }

  #open(path: string, onEvent: (event: string, name: string | null) => void): FSWatcher | null {
    try {
      return watch(path, onEvent).on('error', (error) => log('watch', { cause: error.message }));
    } catch (error) {
      const code = errorCode(error);
      if (code === null) throw error;
      if (code !== 'ENOENT' && code !== 'ENOTDIR') this.#lookInstead(code);
      return null;
    }
  }

  /** Switches to periodic scans of the whole project when a folder cannot be watched. */
  #lookInstead(cause: string): void {
    if (this.#poll !== null || this.#closed) return;
    log('watch', { cause, instead: 'looking every few seconds' });
    this.#poll = new ProjectPoll(this.#config, () => this.#note(EVERYTHING));
  }

  #seen(folder: string, event: string, name: string | null): void {
    if (name?.startsWith(TEMPORARY_PREFIX)) return;
    const path = name === null || name === basename(this.#project) ? folder : folder === '' ? name : `${folder}/${name}`;
    if (event === 'rename' && !isClosedFolder(name ?? '')) this.#moved.add(path);
    this.#note(path === '' ? EVERYTHING : path);
  }

  /** Stops watching a folder and all folders below it. */
  #forget(folder: string): void {
    for (const [path, watcher] of this.#folders) {
      if (folder !== '' && path !== folder && !path.startsWith(`${folder}/`)) continue;
      watcher.close();
      this.#folders.delete(path);
    }
  }

  #note(path: string): void {
    if (this.#closed) return;
    if (path.length > 1024 || path.includes('\ufffd') || this.#changed.size >= MAX_PATHS) this.#changed = new Set([EVERYTHING]);
    else if (!this.#changed.has(EVERYTHING)) this.#changed.add(path);
    this.#timer ??= setTimeout(() => {
      this.#settle().catch((error: unknown) => log('watch', { cause: String(error) }));
    }, SETTLE_MS);
  }

  /** Reports the changes, then watches new folders and reports those again: changes made in them before the watch began were missed. */
  async #settle(): Promise<void> {
    const paths = [...this.#changed];
    const moved = this.#moved.size > MAX_PATHS ? [''] : [...this.#moved];
    this.#timer = null;
    this.#changed = new Set();
    this.#moved = new Set();
    this.#onChange(paths);
    for (const path of moved) {
      this.#forget(path);
      await this.#enter(path);
      if (this.#folders.has(path)) this.#note(path === '' ? EVERYTHING : path);
    }
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isDirectory();
  } catch (error) {
    if (errorCode(error) === null) throw error;
    return false;
  }
}

async function foldersIn(path: string): Promise<string[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  } catch (error) {
    if (errorCode(error) === null) throw error;
    return [];
  }
}
