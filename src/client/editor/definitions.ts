import type { FileContent, FileMove, FileProblems, FileRestore, FileTree, FileWrite } from '../../../contract/files.ts';

/** The files of the project, for the editor. Every method throws a `FilesError` on failure. */
export interface Files {
  tree(): Promise<FileTree>;
  read(path: string): Promise<FileContent>;
  write(write: FileWrite): Promise<{ version: string }>;
  makeFolder(path: string): Promise<void>;
  move(move: FileMove): Promise<void>;
  trash(path: string): Promise<{ trash: string }>;
  restore(restore: FileRestore): Promise<void>;
  problems(path: string): Promise<FileProblems>;
}

/** A text that is not on disk, and what it is based on. */
export interface Draft {
  /** No two open texts share a draft, whichever tab they are in. */
  readonly id: string;
  readonly path: string;
  /** The version of the file that the text is based on; null: there was no file. */
  readonly version: string | null;
  readonly text: string;
  /** Whether the learner still has to choose between this text and the disk's. */
  readonly disputed: boolean;
}

/** Unsaved texts, kept across page reloads. A page changes its own drafts only. */
export interface Drafts {
  /** Returns false if the browser could not store it. */
  keep(draft: Draft): boolean;
  drop(id: string): void;
  /** Takes over the drafts whose page is gone. Each one goes to a single page. */
  adopt(): Promise<Draft[]>;
  /** Whether another open page has a version of this file that waits for a choice. */
  elsewhere(path: string): boolean;
}

/** The open pages of this browser. */
export interface Pages {
  /** The name of this page, never used again. */
  readonly me: string;
  /** The names of all open pages. */
  living(): Promise<ReadonlySet<string>>;
  /** Runs `work` while no other page runs any. */
  alone<T>(work: () => Promise<T>): Promise<T>;
}

/** A failed file request. `code`: the server's error code, or `offline` when the server did not answer. */
export class FilesError extends Error {
  readonly code: string;
  readonly hint: string;

  constructor(code: string, message: string, hint: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'FilesError';
    this.code = code;
    this.hint = hint;
  }

  /** Whether the failure is temporary, so that the same request is worth a retry. */
  get passes(): boolean {
    return this.code === 'offline' || this.code.startsWith('unavailable.') || this.code === 'lab.away' || this.code === 'disk.full';
  }
}
