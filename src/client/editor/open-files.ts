import { type Draft, type Drafts, type Files, FilesError } from './definitions.ts';
import type { OtherTexts } from './notice.ts';
import { OpenFile, type OpenFileEvents } from './open-file.ts';
import type { OpenMemory, OpenPaths } from './open-memory.ts';
import { movedPath } from './tree-model.ts';

/** Maximum number of open files, so that their tabs stay distinguishable. */
const MOST = 8;

export interface OpenFilesEvents extends Pick<OpenFileEvents, 'replaced' | 'stored'> {
  /** The list of open files, the current file, or the state of one of them has changed. */
  readonly changed: () => void;
  readonly closed: (file: OpenFile) => void;
}

export interface OpenFilesParts {
  readonly files: Files;
  readonly drafts: Drafts;
  readonly memory: OpenMemory;
  readonly events: OpenFilesEvents;
}

/** The files open in the editor, kept through reloads and renames. */
export class OpenFiles {
  readonly #files: Files;
  readonly #drafts: Drafts;
  readonly #memory: OpenMemory;
  readonly #events: OpenFilesEvents;
  readonly #opening = new Map<string, Promise<OpenFile>>();
  /** The files open before the reload, until they are open again. */
  #before: OpenPaths;
  /** Unsaved texts of pages that are gone, until an open file shows them: each waits while its file has other unsaved text. */
  #waiting: readonly Draft[] = [];
  #resuming: Promise<void> = Promise.resolve();
  #list: readonly OpenFile[] = [];
  #current: OpenFile | undefined;

  constructor({ files, drafts, memory, events }: OpenFilesParts) {
    this.#files = files;
    this.#drafts = drafts;
    this.#memory = memory;
    this.#events = events;
    this.#before = memory.read();
  }

  get list(): readonly OpenFile[] {
    return this.#list;
  }

  get current(): OpenFile | undefined {
    return this.#current;
  }

  /** Opens a file, or shows it if it is open already. Throws a `FilesError`. */
  async open(path: string): Promise<OpenFile> {
    const file = await this.#find(path);
    this.show(file);
    return file;
  }

  show(file: OpenFile): void {
    this.#current = file;
    this.#changed();
  }

  /** Returns false if the file has unsaved changes and saving failed. */
  async close(file: OpenFile): Promise<boolean> {
    await file.save();
    if (file.dirty) return false;
    this.discard(file);
    return true;
  }

  /** Closes a file without saving it: its unsaved text is lost. */
  discard(file: OpenFile): void {
    file.close();
    const at = this.#list.indexOf(file);
    if (at < 0) return;
    this.#list = this.#list.filter((other) => other !== file);
    if (this.#current === file) this.#current = this.#list[Math.min(at, this.#list.length - 1)];
    this.#events.closed(file);
    this.#changed();
    void this.#resume();
  }

  /** Reopens the files open before a reload, and all files with a draft of a page that is gone. */
  async restore(): Promise<void> {
    const { paths, current } = this.#before;
    await this.#collect();
    for (const path of paths.slice(0, MOST)) {
      try {
        await this.#find(path);
      } catch (error) {
        if (!(error instanceof FilesError)) throw error;
        if (error.passes) return;
      }
    }
    this.#before = { paths: [] };
    await this.#resume();
    const wanted = this.#list.find((file) => file.path === current) ?? this.#list[0];
    if (this.#current === undefined && wanted !== undefined) this.show(wanted);
  }

  /** Shows the unsaved texts of pages that have gone meanwhile. */
  async adopt(): Promise<void> {
    await this.#collect();
    await this.#resume();
  }

  /** The unsaved texts of this file that are not the one that it shows. */
  others({ path }: OpenFile): OtherTexts {
    return { waiting: this.#waiting.some((draft) => draft.path === path), elsewhere: this.#drafts.elsewhere(path) };
  }

  /** Saves all unsaved files, once the connection or the lab is back. */
  async save(): Promise<void> {
    await Promise.all(this.#list.map((file) => file.save()));
  }

  /** Rereads the files below these changed paths; `.` stands for any file. */
  async recheck(paths: readonly string[]): Promise<void> {
    const touched = this.#list.filter(({ path }) =>
      paths.some((changed) => changed === '.' || path === changed || path.startsWith(`${changed}/`)),
    );
    await Promise.all(touched.map((file) => file.recheck()));
  }

  under(path: string): OpenFile[] {
    return this.#list.filter((file) => movedPath(file.path, path, path) !== undefined);
  }

  moved(from: string, to: string): void {
    for (const file of this.under(from)) file.moved(movedPath(file.path, from, to) ?? file.path);
    this.#changed();
  }

  /** Returns false if an unsaved text could not be stored. */
  keepDrafts(): boolean {
    return this.#list.map((file) => file.keepDraft()).every((kept) => kept);
  }

  async #find(path: string): Promise<OpenFile> {
    const open = this.#list.find((file) => file.path === path);
    if (open !== undefined) return open;
    const opening = this.#opening.get(path) ?? this.#open(path).finally(() => this.#opening.delete(path));
    this.#opening.set(path, opening);
    return opening;
  }

  async #open(path: string): Promise<OpenFile> {
    const { replaced, stored, changed } = this.#events;
    await this.#collect();
    const draft = this.#waiting.find((waiting) => waiting.path === path);
    const parts = {
      files: this.#files,
      drafts: this.#drafts,
      events: {
        replaced,
        stored,
        changed: (file: OpenFile): void => {
          changed();
          if (file.state.kind === 'saved') void this.#resume();
        },
      },
    };
    const file = await OpenFile.open(path, parts, draft);
    if (draft === undefined) this.#makeRoom();
    else this.#shown(draft);
    this.#list = [...this.#list, file];
    this.#changed();
    return file;
  }

  async #collect(): Promise<void> {
    const orphans = await this.#drafts.adopt();
    this.#waiting = [...this.#waiting, ...orphans];
  }

  /** Runs one pass at a time, so that no draft is shown twice. */
  #resume(): Promise<void> {
    const pass = this.#resuming.then(() => this.#showWaiting());
    this.#resuming = pass.catch(() => undefined);
    return pass;
  }

  async #showWaiting(): Promise<void> {
    for (const draft of this.#waiting) {
      try {
        const file = await this.#find(draft.path);
        if (this.#waiting.includes(draft) && (await file.resume(draft))) this.#shown(draft);
      } catch (error) {
        if (!(error instanceof FilesError)) throw error;
      }
    }
  }

  #shown(draft: Draft): void {
    this.#waiting = this.#waiting.filter((waiting) => waiting !== draft);
  }

  /** Closes the first file without unsaved changes when the limit is reached. */
  #makeRoom(): void {
    if (this.#list.length < MOST) return;
    const first = this.#list.find((file) => !file.dirty && file !== this.#current);
    if (first === undefined) throw new FilesError('editor.too-many', `${MOST} fichiers sont ouverts.`, 'Fermez-en un, puis recommencez.');
    this.discard(first);
  }

  #changed(): void {
    this.#memory.keep({ paths: this.#list.map(({ path }) => path), current: this.#current?.path });
    this.#events.changed();
  }
}
