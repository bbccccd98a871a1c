import { type Files, FilesError } from './definitions.ts';
import type { OpenFiles } from './open-files.ts';
import { nameOf } from './tree-model.ts';

/** Maximum number of actions that can be undone, latest first. */
const REMEMBERED = 20;

export interface ActionEvents {
  /** Something was done, or failed; `undo` reverts it. */
  readonly say: (text: string, undo?: () => void) => void;
  readonly arranged: () => Promise<void>;
}

/** Creates, renames and deletes files. Each action can be undone. */
export class FileActions {
  readonly #files: Files;
  readonly #open: OpenFiles;
  readonly #events: ActionEvents;
  readonly #undos: (() => Promise<void>)[] = [];

  constructor(files: Files, open: OpenFiles, events: ActionEvents) {
    this.#files = files;
    this.#open = open;
    this.#events = events;
  }

  /** Creates an empty file and opens it. */
  create(path: string): Promise<boolean> {
    return this.#try(async () => {
      await this.#files.write({ path, text: '', version: null });
      await this.#events.arranged();
      await this.#open.open(path);
    });
  }

  createFolder(path: string): Promise<boolean> {
    return this.#try(async () => {
      await this.#files.makeFolder(path);
      await this.#events.arranged();
    });
  }

  rename(from: string, to: string): Promise<boolean> {
    return this.#try(async () => {
      await this.#move(from, to);
      this.#done(`« ${nameOf(from)} » s’appelle maintenant « ${to} ».`, () => this.#move(to, from));
    });
  }

  /** Saves open files below the path first, so that `undo` restores everything. */
  remove(path: string): Promise<boolean> {
    return this.#try(async () => {
      const open = this.#open.under(path);
      await Promise.all(open.map((file) => file.save()));
      const unsaved = open.find((file) => file.dirty);
      if (unsaved !== undefined) {
        this.#events.say(`« ${unsaved.path} » contient un texte qui n’est pas enregistré : rien n’est supprimé.`);
        return;
      }
      const { trash } = await this.#files.trash(path);
      const paths = open.map((file) => file.path);
      for (const file of open) {
        // What was typed while the file was being deleted stays open, without a file.
        if (file.dirty) await file.recheck();
        else this.#open.discard(file);
      }
      await this.#events.arranged();
      this.#done(`« ${path} » est supprimé.`, async () => {
        await this.#files.restore({ trash, path });
        await this.#events.arranged();
        for (const each of paths) await this.#open.open(each);
      });
    });
  }

  async undo(): Promise<void> {
    const undo = this.#undos.pop();
    if (undo === undefined) this.#events.say('Il n’y a rien à annuler.');
    else if (await this.#try(undo)) this.#events.say('C’est annulé.');
  }

  async #move(from: string, to: string): Promise<void> {
    await Promise.all(this.#open.under(from).map((file) => file.save()));
    await this.#files.move({ from, to });
    this.#open.moved(from, to);
    await this.#events.arranged();
  }

  #done(text: string, undo: () => Promise<void>): void {
    this.#undos.push(undo);
    if (this.#undos.length > REMEMBERED) this.#undos.shift();
    this.#events.say(text, () => void this.undo());
  }

  async #try(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      if (!(error instanceof FilesError)) throw error;
      const exists = error.code === 'file.conflict';
      this.#events.say(exists ? 'Ce nom est déjà pris : rien n’a été changé.' : `${error.message} ${error.hint}`);
      return false;
    }
  }
}
