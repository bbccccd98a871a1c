import type { FileContent } from '../../../contract/files.ts';
import { type Draft, type Drafts, type Files, FilesError } from './definitions.ts';

/** After so long without a key, what was typed is saved. */
const AUTOSAVE_MS = 1000;
/** And after so long it is kept in the browser. */
const DRAFT_MS = 250;

export type FileState =
  | { readonly kind: 'saved' }
  | { readonly kind: 'modified' }
  | { readonly kind: 'saving' }
  /** Not on the disk, and why; `kept`: the browser keeps it through a reload. */
  | { readonly kind: 'unsaved'; readonly error: FilesError; readonly kept: boolean }
  /** The disk holds another text than the one that this one was written on. */
  | { readonly kind: 'conflict'; readonly theirs: FileContent }
  /** It is on the disk no more; the text is still here. */
  | { readonly kind: 'gone' }
  /** There is no text to edit. */
  | { readonly kind: 'unreadable'; readonly reason: 'binary' | 'too-large' };

export interface OpenFileEvents {
  readonly changed: (file: OpenFile) => void;
  /** The text is another one now, not by a key. */
  readonly replaced: (file: OpenFile, text: string) => void;
  /** What is on the disk now is what is seen here. */
  readonly stored: (file: OpenFile) => void;
}

export interface OpenFileParts {
  readonly files: Files;
  readonly drafts: Drafts;
  readonly events: OpenFileEvents;
}

/** One open file: the text that is typed, the version of the disk that it was written on, and how the two meet. Neither is ever lost silently. */
export class OpenFile {
  #path: string;
  readonly #parts: OpenFileParts;
  #version: string | null;
  /** What the disk holds, as far as known. */
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

  /** Reads it; what was typed before the last reload and did not reach the disk is taken up again. */
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

  /** Something is here that is not on the disk. */
  get dirty(): boolean {
    return this.#dirty;
  }

  /** A key changed the text; `read` gives all of it when asked. */
  edit(read: () => string): void {
    this.#read = read;
    this.#dirty = true;
    clearTimeout(this.#draft);
    this.#draft = setTimeout(() => this.keepDraft(), DRAFT_MS);
    if (this.#state.kind === 'conflict' || this.#state.kind === 'gone') return;
    if (this.#state.kind === 'saved') this.#become({ kind: 'modified' });
    this.#later();
  }

  /** Keeps in the browser what is not on the disk. */
  keepDraft(): boolean {
    clearTimeout(this.#draft);
    if (!this.#dirty || this.#closed) return true;
    return this.#parts.drafts.keep({ path: this.#path, version: this.#version, text: this.#read() });
  }

  /** Saves now. Resolves once it is done or could not be; `state` says which. */
  save(): Promise<void> {
    clearTimeout(this.#autosave);
    this.#saving ??= this.#save().finally(() => {
      this.#saving = undefined;
    });
    return this.#saving;
  }

  /** The disk may have changed: takes its text where nothing was typed, and says where both did. */
  async recheck(): Promise<void> {
    await this.#saving;
    const asked = this.#version;
    const found = await this.#readDisk();
    // What was saved meanwhile is newer than the answer.
    if (found === undefined || this.#closed || this.#version !== asked || this.#saving !== undefined) return;
    if (found === null) this.#removed();
    else this.#meet(found);
  }

  /** Out of a conflict: this text stays, over the one of the disk. */
  async keepMine(): Promise<void> {
    if (this.#state.kind !== 'conflict' && this.#state.kind !== 'gone') return;
    this.#version = this.#state.kind === 'conflict' ? this.#state.theirs.version : null;
    this.#dirty = true;
    this.#become({ kind: 'modified' });
    await this.save();
  }

  /** Out of a conflict: the text of the disk takes this one's place. */
  takeTheirs(): void {
    if (this.#state.kind === 'conflict') this.#take(this.#state.theirs);
  }

  /** It has another name on the disk now. */
  moved(path: string): void {
    this.#parts.drafts.drop(this.#path);
    this.#path = path;
    this.keepDraft();
    this.#parts.events.changed(this);
  }

  /** Lets go of it, and of what was not saved of it. */
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
      const found = await this.#readDisk();
      if (found === null) return this.#removed();
      if (found !== undefined) return this.#meet(found);
    }
    this.#become({ kind: 'unsaved', error, kept: this.keepDraft() });
  }

  /** null where nothing is; undefined where it cannot be told now. */
  async #readDisk(): Promise<FileContent | null | undefined> {
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
      // It came back as it was, or the lab did.
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
