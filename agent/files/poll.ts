import { createHash } from 'node:crypto';
import { lstat } from 'node:fs/promises';
import type { AgentConfig } from '../config.ts';
import { errorCode } from '../errors.ts';
import { log } from '../log.ts';
import { readTree } from './tree.ts';

const EVERY_MS = 2000;
/** Maximum share of the time spent scanning. */
const SHARE = 0.05;

/** Scans the whole project periodically; used when the system has no inotify watches left. Reports that something changed, not what. */
export class ProjectPoll {
  readonly #config: AgentConfig;
  readonly #onChange: () => void;
  #timer: NodeJS.Timeout | null = null;
  #before: string | null = null;
  #closed = false;

  constructor(config: AgentConfig, onChange: () => void) {
    this.#config = config;
    this.#onChange = onChange;
    this.#look();
  }

  close(): void {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #look(): void {
    const began = Date.now();
    signature(this.#config)
      .then((now) => {
        if (this.#before !== null && this.#before !== now && !this.#closed) this.#onChange();
        this.#before = now;
      })
      .catch((error: unknown) => log('poll', { cause: String(error) }))
      .finally(() => {
        if (!this.#closed) this.#timer = setTimeout(() => this.#look(), Math.max(EVERY_MS, (Date.now() - began) / SHARE));
      });
  }
}

async function signature(config: AgentConfig): Promise<string> {
  const hash = createHash('sha1');
  for (const { path, mode } of (await readTree(config)).entries)
    hash.update(`${path}\0${mode}\0${await stamp(`${config.project}/${path}`)}\0`);
  return hash.digest('hex');
}

async function stamp(path: string): Promise<string> {
  try {
    const { ino, size, mtimeMs, ctimeMs } = await lstat(path);
    return `${ino}-${size}-${mtimeMs}-${ctimeMs}`;
  } catch (error) {
    if (errorCode(error) === null) throw error;
    return '';
  }
}
