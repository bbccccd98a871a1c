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

/** A text that was not saved to disk, and the file version that it is based on. */
export interface Draft {
  readonly path: string;
  readonly version: string | null;
  readonly text: string;
}

/** Unsaved texts, kept across page reloads. */
export interface Drafts {
  of(path: string): Draft | undefined;
  all(): Draft[];
  /** Returns false if the browser could not store it. */
  keep(draft: Draft): boolean;
  drop(path: string): void;
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
