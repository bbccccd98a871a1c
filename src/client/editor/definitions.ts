import type { FileContent, FileMove, FileProblems, FileRestore, FileTree, FileWrite } from '../../../contract/files.ts';

/** The files of the project, as the editor asks for them. What cannot be done throws a `FilesError`. */
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

/** A text that has not reached the disk, and the version of the file that it was written on. */
export interface Draft {
  readonly path: string;
  readonly version: string | null;
  readonly text: string;
}

/** Texts that outlive the page. */
export interface Drafts {
  of(path: string): Draft | undefined;
  all(): Draft[];
  /** False where the browser does not keep it. */
  keep(draft: Draft): boolean;
  drop(path: string): void;
}

/** Why the files could not be asked: `code` of the server, or `offline` when nobody answered. */
export class FilesError extends Error {
  readonly code: string;
  readonly hint: string;

  constructor(code: string, message: string, hint: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'FilesError';
    this.code = code;
    this.hint = hint;
  }

  /** Nothing is wrong with what was asked: it is worth asking again later. */
  get passes(): boolean {
    return this.code === 'offline' || this.code.startsWith('unavailable.') || this.code === 'lab.away' || this.code === 'disk.full';
  }
}
