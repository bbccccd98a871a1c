import type { FileContent, FileProblems, FileTree, FileWrite } from '../../../../../contract/files.ts';
import { type Files, FilesError } from '../../../../../src/client/editor/definitions.ts';

/** A disk in memory that follows the contract of saving. Tests write to it as the terminal does. */
export class MemoryFiles implements Files {
  readonly disk = new Map<string, string>();
  readonly writes: FileWrite[] = [];
  /** The error of every call while it is set. */
  down: FilesError | undefined;
  /** The error of a save that has reached the disk. */
  lost: FilesError | undefined;
  /** Awaited before a save reaches the disk. */
  slow: Promise<void> | undefined;

  async tree(): Promise<FileTree> {
    return { entries: [], truncated: false };
  }

  async read(path: string): Promise<FileContent> {
    if (this.down) throw this.down;
    const text = this.disk.get(path);
    if (text === undefined) throw new FilesError('file.not-found', 'absent', '');
    return { path, version: `v:${text}`, size: text.length, text };
  }

  async write(write: FileWrite): Promise<{ version: string }> {
    this.writes.push(write);
    await this.slow;
    if (this.down) throw this.down;
    const there = this.disk.get(write.path);
    if ((there === undefined ? null : `v:${there}`) !== write.version) throw new FilesError('file.conflict', 'conflit', '');
    this.disk.set(write.path, write.text);
    if (this.lost) throw this.lost;
    return { version: `v:${write.text}` };
  }

  async makeFolder(): Promise<void> {}

  async move({ from, to }: { from: string; to: string }): Promise<void> {
    if (this.disk.has(to)) throw new FilesError('file.exists', 'existe déjà', '');
    this.disk.set(to, this.disk.get(from) ?? '');
    this.disk.delete(from);
  }

  async trash(path: string): Promise<{ trash: string }> {
    const text = this.disk.get(path);
    this.disk.delete(path);
    return { trash: text ?? '' };
  }

  async restore({ trash, path }: { trash: string; path: string }): Promise<void> {
    this.disk.set(path, trash);
  }

  async problems(): Promise<FileProblems> {
    return { by: null, problems: [] };
  }
}

export const offline = new FilesError('offline', 'Le serveur ne répond pas.', '');
