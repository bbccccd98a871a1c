import type { FileContent } from '../../../contract/files.ts';
import { type Draft, type Drafts, type Files, FilesError } from './definitions.ts';
import type { FileState } from './file-state.ts';
import { readDisk } from './read-disk.ts';

/** Saves after this time without typing. */
const AUTOSAVE_MS = 1000;
/** Stores a draft in the browser after this time without typing. */
const DRAFT_MS = 250;

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
  /** Whether the text may differ from the disk's: until a save of it has succeeded, not only until it was sent. */
  #dirty = false;
  /** Whether the text has changed since it was last sent. */
  #edited = false;
  /** The text of the first save that got no answer: it may be on disk. */
  #unanswered: string | undefined;
  /** Whether the learner has to choose between this text and the disk's, even if the file has its former version again. */
  #disputed = false;
  /** Names this text's draft. */
  #id: string = crypto.randomUUID();
  #kept = true;
  #state: FileState = { kind: 'saved' };
  #saving: Promise<void> | undefined;
  #autosave: ReturnType<typeof setTimeout> | undefined;
  #draft: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  private constructor(path: string, content: FileContent | undefined, parts: OpenFileParts, draft: Draft | undefined) {
    const text = content?.text ?? '';
    this.#path = path;
    this.#parts = parts;
    this.#version = content?.version ?? null;
    this.#stored = text;
    this.#read = () => text;
    if (content?.text === null) this.#state = { kind: 'unreadable', reason: content.reason ?? 'binary' };
    if (draft !== undefined) this.#adopt(draft, content);
  }

  /** Reads the file. The draft of a page that is gone becomes its unsaved text. */
  static async open(path: string, parts: OpenFileParts, draft?: Draft): Promise<OpenFile> {
    try {
      return new OpenFile(path, await parts.files.read(path), parts, draft);
    } catch (error) {
      if (draft === undefined || !(error instanceof FilesError) || error.passes) throw error;
      return new OpenFile(path, undefined, parts, draft);
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

  /** False if the browser could not store the unsaved text, which then ends with this page. */
  get kept(): boolean {
    return this.#kept;
  }

  /** The learner typed. `read` returns the whole text when needed. */
  edit(read: () => string): void {
    this.#read = read;
    this.#dirty = true;
    this.#edited = true;
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
    const draft = { id: this.#id, path: this.#path, version: this.#version, text: this.#read(), disputed: this.#disputed };
    this.#kept = this.#parts.drafts.keep(draft);
    return this.#kept;
  }

  /** Takes over the draft of a page that is gone. Returns false if not possible now: there is other unsaved text, or no answer. */
  async resume(draft: Draft): Promise<boolean> {
    await this.#saving;
    if (this.#dirty || this.#closed) return false;
    const found = await readDisk(this.#parts.files, this.#path);
    if (found === undefined || this.#dirty || this.#closed) return false;
    if (found !== null) this.#meet(found);
    this.#adopt(draft, found ?? undefined);
    if (!this.#dirty) return true;
    this.#parts.events.replaced(this, draft.text);
    this.#parts.events.changed(this);
    return true;
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
    const found = await readDisk(this.#parts.files, this.#path);
    // A save has happened since the read began, so its result is out of date.
    if (found === undefined || this.#closed || this.#version !== asked || this.#saving !== undefined) return;
    if (found === null) this.#removed();
    else this.#meet(found);
  }

  /** Ends a conflict: saves this text over `seen`, the disk's text that the learner chose against. If it changed again, they choose again. */
  async keepMine(seen?: FileContent): Promise<void> {
    if (this.#state.kind !== 'conflict' && this.#state.kind !== 'gone') return;
    this.#version = this.#state.kind === 'conflict' ? (seen ?? this.#state.theirs).version : null;
    this.#dirty = true;
    this.#disputed = false;
    this.#become({ kind: 'modified' });
    await this.save();
  }

  /** Ends a conflict: replaces this text by the one on disk. */
  takeTheirs(): void {
    if (this.#state.kind === 'conflict') this.#take(this.#state.theirs);
  }

  /** The file was renamed on disk. */
  moved(path: string): void {
    this.#path = path;
    this.keepDraft();
    this.#parts.events.changed(this);
  }

  /** Closes the file and discards unsaved text. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#autosave);
    clearTimeout(this.#draft);
    this.#parts.drafts.drop(this.#id);
  }

  /** The text is based on the draft's version, not on the disk's: saving must be refused until the learner has chosen. */
  #adopt(draft: Draft, content: FileContent | undefined): void {
    if (draft.text === content?.text) {
      this.#parts.drafts.drop(draft.id);
      return;
    }
    this.#id = draft.id;
    this.#version = draft.version;
    this.#read = () => draft.text;
    this.#dirty = true;
    this.#disputed = draft.disputed || (content !== undefined && content.version !== draft.version);
    if (content === undefined && (draft.version !== null || draft.disputed)) this.#state = { kind: 'gone' };
    else if (content !== undefined && this.#disputed) this.#state = { kind: 'conflict', theirs: content };
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
    this.#edited = false;
    this.#become({ kind: 'saving' });
    try {
      const { version } = await this.#parts.files.write({ path, text, version: this.#version });
      this.#version = version;
      this.#stored = text;
    } catch (error) {
      if (!(error instanceof FilesError) || error.passes) this.#unanswered ??= text;
      await this.#refused(error);
      return;
    }
    this.#unanswered = undefined;
    this.#parts.events.stored(this);
    if (!this.#edited) return this.#clean();
    this.keepDraft();
    this.#again();
  }

  async #refused(thrown: unknown): Promise<void> {
    const error = thrown instanceof FilesError ? thrown : new FilesError('fault', String(thrown), 'Rechargez la page.');
    if (error.code === 'file.conflict' || error.code === 'file.not-found') {
      const found = await readDisk(this.#parts.files, this.#path);
      if (found === null && this.#version !== null) return this.#removed();
      if (found) return this.#meet(found);
    }
    this.keepDraft();
    this.#become({ kind: 'unsaved', error });
  }

  #meet(found: FileContent): void {
    if (!this.#dirty) {
      if (found.version !== this.#version || this.#state.kind === 'gone') this.#take(found);
      return;
    }
    const mine = found.text !== null && (found.text === this.#read() || (found.text === this.#unanswered && !this.#disputed));
    if (!mine && (this.#disputed || found.version !== this.#version)) {
      this.#disputed = true;
      this.keepDraft();
      this.#become({ kind: 'conflict', theirs: found });
      return;
    }
    this.#version = found.version;
    if (found.text !== null) this.#stored = found.text;
    if (this.#stored === this.#read()) this.#clean();
    else this.#again();
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

  /** There is text to save. */
  #again(): void {
    this.#become({ kind: 'modified' });
    this.#later();
  }

  #clean(): void {
    this.#dirty = false;
    this.#disputed = false;
    this.#kept = true;
    this.#unanswered = undefined;
    clearTimeout(this.#autosave);
    clearTimeout(this.#draft);
    this.#parts.drafts.drop(this.#id);
    this.#become({ kind: 'saved' });
  }

  #become(state: FileState): void {
    this.#state = state;
    if (!this.#closed) this.#parts.events.changed(this);
  }
}
