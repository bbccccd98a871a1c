import type { FileContent } from '../../../contract/files.ts';
import type { FilesError } from './definitions.ts';

/** How the text of an open file and the file on disk relate. */
export type FileState =
  | { readonly kind: 'saved' }
  | { readonly kind: 'modified' }
  | { readonly kind: 'saving' }
  /** Not saved, and why. */
  | { readonly kind: 'unsaved'; readonly error: FilesError }
  /** The file on disk has changed since the version that this text is based on. Only the learner's choice or equal texts end this. */
  | { readonly kind: 'conflict'; readonly theirs: FileContent }
  /** The file was deleted on disk; the text is still here. */
  | { readonly kind: 'gone' }
  /** There is no text that can be edited. */
  | { readonly kind: 'unreadable'; readonly reason: 'binary' | 'too-large' };
