import type { FileContent } from '../../../contract/files.ts';
import { type Draft, type Drafts, type Files, FilesError } from './definitions.ts';

/** Saves after this time without typing. */
const AUTOSAVE_MS = 1000;
/** Stores a draft in the browser after this time without typing. */
const DRAFT_MS = 250;

export type FileState =
  | { readonly kind: 'saved' }
  | { readonly kind: 'modified' }
  | { readonly kind: 'saving' }
  /** Not saved, and why. `kept`: whether the browser holds a draft that survives a reload. */
  | { readonly kind: 'unsaved'; readonly error: FilesError; readonly kept: boolean }
  /** The file on disk has changed since the version that this text is based on. */
  | { readonly kind: 'conflict'; readonly theirs: FileContent }
  /** The file was deleted on disk; the text is still here. */
  | { readonly kind: 'gone' }
  /** There is no text that can be edited. */
  | { readonly kind: 'unreadable'; readonly reason: 'binary' | 'too-large' };

export interface OpenFileEvents {
  readonly changed: (file: OpenFile) => void;
  /** The text was replaced, other than by typing. */
  readonly replaced: (file: OpenFile, text: string) => void;
  /** The text on disk equals the text here. */
  readonly stored: (file: OpenFile) => void;
}

export interface OpenFileParts {
  readonly files: Files;
  readonly drafts: Drafts;
  readonly events: OpenFileEvents;
}

/** One open file: the typed text, the disk version it is based on, and how they differ. Neither version is ever lost silently. */
export class OpenFile {
  #path: string;
  readonly #parts: OpenFileParts;
  #version: string | null;
  /** The text on disk, as last read or written. */
  #stored: string;
  #read: () => string;
  #dirty = false;
  #state: FileState = { kind: 'saved' };
  #saving: Promise<void> | undefined;
  #autosave: ReturnType<typeof setTimeout> | undefined;
  #draft: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  private constructor(path: string, content: FileContent | undefined, parts: OpenFileParts) {
    const text = content?.text ?? '';
    this.#path = path;
    this.#parts = parts;
    this.#version = content?.version ?? null;
    this.#stored = text;
    this.#read = () => text;
    if (content?.text === null) this.#state = { kind: 'unreadable', reason: content.reason ?? 'binary' };
    const draft = parts.drafts.of(path);
    if (draft !== undefined) this.#resume(draft, content);
  }

  /** Reads the file. A draft left from before the last reload becomes its unsaved text. */
  static async open(path: string, parts: OpenFileParts): Promise<OpenFile> {
    try {
      return new OpenFile(path, await parts.files.read(path), parts);
    } catch (error) {
      const removed = error instanceof FilesError && error.code === 'file.not-found' && parts.drafts.of(path) !== undefined;
      if (!removed) throw error;
      return new OpenFile(path, undefined, parts);
    }
  }

  get path(): string {
    return this.#path;
  }

  get state(): FileState {
    return this.#state;
  }

  get text(): string {
    return this.#read();
  }

  /** Whether there are unsaved changes. */
  get dirty(): boolean {
    return this.#dirty;
  }

  /** The learner typed. `read` returns the whole text when needed. */
  edit(read: () => string): void {
    this.#read = read;
    this.#dirty = true;
    clearTimeout(this.#draft);
    this.#draft = setTimeout(() => this.keepDraft(), DRAFT_MS);
    if (this.#state.kind === 'conflict' || this.#state.kind === 'gone') return;
    if (this.#state.kind === 'saved') this.#become({ kind: 'modified' });
    this.#later();
  }

  /** Stores the unsaved text in the browser. Returns false if that failed. */
  keepDraft(): boolean {
    clearTimeout(this.#draft);
    if (!this.#dirty || this.#closed) return true;
    return this.#parts.drafts.keep({ path: this.#path, version: this.#version, text: this.#read() });
  }

  /** Saves now. Resolves when the save has succeeded or failed; see `state`. */
  save(): Promise<void> {
    clearTimeout(this.#autosave);
    this.#saving ??= this.#save().finally(() => {
      this.#saving = undefined;
    });
    return this.#saving;
  }

  /** Rereads a file that may have changed on disk. Takes the disk's text if nothing was typed, else reports a conflict. */
  async recheck(): Promise<void> {
    await this.#saving;
    const asked = this.#version;
    const found = await this.#look();
    // A save has happened since the read began, so its result is out of date.
    if (found === undefined || this.#closed || this.#version !== asked || this.#saving !== undefined) return;
    if (found === null) this.#removed();
    else this.#meet(found);
  }

  /** Ends a conflict: saves this text over the one on disk. */
  async keepMine(): Promise<void> {
    if (this.#state.kind !== 'conflict' && this.#state.kind !== 'gone') return;
    this.#version = this.#state.kind === 'conflict' ? this.#state.theirs.version : null;
    this.#dirty = true;
    this.#become({ kind: 'modified' });
    await this.save();
  }

  /** Ends a conflict: replaces this text by the one on disk. */
  takeTheirs(): void {
    if (this.#state.kind === 'conflict') this.#take(this.#state.theirs);
  }

  /** The file was renamed on disk. */
  moved(path: string): void {
    this.#parts.drafts.drop(this.#path);
    this.#path = path;
    this.keepDraft();
    this.#parts.events.changed(this);
  }

  /** Closes the file and discards unsaved text. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#autosave);
    clearTimeout(this.#draft);
    this.#parts.drafts.drop(this.#path);
  }

  #resume(draft: Draft, content: FileContent | undefined): void {
    if (draft.text === content?.text) {
      this.#parts.drafts.drop(draft.path);
      return;
    }
    this.#read = () => draft.text;
    this.#dirty = true;
    if (content === undefined && draft.version !== null) this.#state = { kind: 'gone' };
    else if ((content?.version ?? null) !== draft.version && content !== undefined) this.#state = { kind: 'conflict', theirs: content };
    else {
      this.#state = { kind: 'modified' };
      this.#later();
    }
  }

  #later(): void {
    clearTimeout(this.#autosave);
    this.#autosave = setTimeout(() => void this.save(), AUTOSAVE_MS);
  }

  async #save(): Promise<void> {
    if (!this.#dirty || this.#closed || this.#state.kind === 'conflict' || this.#state.kind === 'gone') return;
    const text = this.#read();
    if (text === this.#stored && this.#version !== null) return this.#clean();
    const path = this.#path;
    this.#dirty = false;
    this.#become({ kind: 'saving' });
    try {
      const { version } = await this.#parts.files.write({ path, text, version: this.#version });
      this.#version = version;
      this.#stored = text;
    } catch (error) {
      this.#dirty = true;
      await this.#refused(error);
      return;
    }
    this.#parts.events.stored(this);
    if (this.#dirty) {
      this.#become({ kind: 'modified' });
      this.#later();
    } else this.#clean();
  }

  async #refused(thrown: unknown): Promise<void> {
    const error = thrown instanceof FilesError ? thrown : new FilesError('fault', String(thrown), 'Rechargez la page.');
    if (error.code === 'file.conflict' || error.code === 'file.not-found') {
      const found = await this.#look();
      if (found === null) return this.#removed();
      if (found !== undefined) return this.#meet(found);
    }
    this.#become({ kind: 'unsaved', error, kept: this.keepDraft() });
  }

  /** Null: the file does not exist; undefined: unknown for now. */
  async #look(): Promise<FileContent | null | undefined> {
    try {
      return await this.#parts.files.read(this.#path);
    } catch (error) {
      return error instanceof FilesError && (error.code === 'file.not-found' || error.code === 'file.not-a-file') ? null : undefined;
    }
  }

  #meet(found: FileContent): void {
    if (this.#dirty && found.text === this.#read()) {
      this.#version = found.version;
      this.#stored = found.text;
      this.#clean();
    } else if (this.#dirty && found.version !== this.#version) {
      this.keepDraft();
      this.#become({ kind: 'conflict', theirs: found });
    } else if (this.#dirty) {
      // The file is unchanged again, or the lab is available again.
      this.#become({ kind: 'modified' });
      this.#later();
    } else if (found.version !== this.#version || this.#state.kind === 'gone') this.#take(found);
  }

  #removed(): void {
    if (this.#version === null && this.#dirty) {
      this.#later();
      return;
    }
    this.keepDraft();
    this.#become({ kind: 'gone' });
  }

  #take(content: FileContent): void {
    const text = content.text ?? '';
    this.#version = content.version;
    this.#stored = text;
    this.#read = () => text;
    this.#parts.events.replaced(this, text);
    this.#clean();
    if (content.text === null) this.#become({ kind: 'unreadable', reason: content.reason ?? 'binary' });
    else this.#parts.events.stored(this);
  }

  #clean(): void {
    this.#dirty = false;
    clearTimeout(this.#autosave);
    clearTimeout(this.#draft);
    this.#parts.drafts.drop(this.#path);
    this.#become({ kind: 'saved' });
  }

  #become(state: FileState): void {
    this.#state = state;
    if (!this.#closed) this.#parts.events.changed(this);
  }
}
