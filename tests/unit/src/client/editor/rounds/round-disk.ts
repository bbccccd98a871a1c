import { existsSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import type { AgentConfig } from '../../../../../../agent/config.ts';
import { readContent } from '../../../../../../agent/files/content.ts';
import { saveContent } from '../../../../../../agent/files/save.ts';
import type { FileContent, FileWrite } from '../../../../../../contract/files.ts';
import { FilesError } from '../../../../../../src/client/editor/definitions.ts';
import { agentConfig, quickFolder } from '../../../../../support/agent-config.ts';

/** The project on disk: the lab's real file service, and what a terminal does to the same file. */
export class RoundDisk {
  readonly path = 'notes.txt';
  readonly #home: string;
  readonly #config: AgentConfig;

  private constructor(home: string) {
    this.#home = home;
    this.#config = agentConfig(home);
  }

  static async make(): Promise<RoundDisk> {
    const disk = new RoundDisk(await quickFolder());
    await mkdir(disk.#config.project);
    return disk;
  }

  remove(): Promise<void> {
    return rm(this.#home, { recursive: true });
  }

  /** Empty where there is no file. */
  get text(): string {
    return existsSync(this.#at) ? readFileSync(this.#at, 'utf8') : '';
  }

  append(text: string): void {
    writeFileSync(this.#at, text, { flag: 'a' });
  }

  overwrite(text: string): void {
    writeFileSync(this.#at, text);
  }

  delete(): void {
    rmSync(this.#at, { force: true });
  }

  /** As git does: the file is removed, and a new one created. */
  checkout(text: string): void {
    if (existsSync(this.#at)) unlinkSync(this.#at);
    writeFileSync(this.#at, text, { flag: 'wx' });
  }

  read(): Promise<FileContent> {
    return asked(readContent(this.#config, this.path));
  }

  write(write: FileWrite): Promise<{ version: string }> {
    return asked(saveContent(this.#config, write));
  }

  get #at(): string {
    return `${this.#config.project}/${this.path}`;
  }
}

/** The service's errors as the page gets them. */
async function asked<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && typeof error.code === 'string')) throw error;
    throw new FilesError(error.code, error.message, '');
  }
}
