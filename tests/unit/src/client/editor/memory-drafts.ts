import type { Draft, Pages } from '../../../../../src/client/editor/definitions.ts';
import { LocalDrafts } from '../../../../../src/client/editor/local-drafts.ts';

/** The storage that all tabs of a browser share. */
export class MemoryStorage implements Storage {
  readonly #items = new Map<string, string>();
  full = false;

  get length(): number {
    return this.#items.size;
  }

  key(index: number): string | null {
    return [...this.#items.keys()][index] ?? null;
  }

  getItem(key: string): string | null {
    return this.#items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    if (this.full) throw new DOMException('full', 'QuotaExceededError');
    this.#items.set(key, value);
  }

  removeItem(key: string): void {
    this.#items.delete(key);
  }

  clear(): void {
    this.#items.clear();
  }
}

/** A browser with tabs: what is stored, and which pages are open. */
export class MemoryBrowser {
  readonly storage = new MemoryStorage();
  readonly living = new Set<string>();
  #pages = 0;
  #turn: Promise<unknown> = Promise.resolve();

  /** A new page, and how to end it. */
  open(): { drafts: LocalDrafts; end: () => void } {
    this.#pages += 1;
    const me = `page ${this.#pages}`;
    this.living.add(me);
    const pages: Pages = {
      me,
      living: async () => new Set(this.living),
      alone: (work) => {
        const turn = this.#turn.then(work);
        this.#turn = turn;
        return turn;
      },
    };
    const storage = (): Storage => {
      if (!this.living.has(me)) throw new DOMException('the page is gone', 'InvalidStateError');
      return this.storage;
    };
    return { drafts: new LocalDrafts(storage, pages), end: () => void this.living.delete(me) };
  }

  /** Stores a draft of a page that is gone. */
  leave(draft: Omit<Draft, 'id' | 'disputed'> & Partial<Draft>): Draft {
    const left = { id: `left ${this.storage.length}`, disputed: false, ...draft };
    const { drafts, end } = this.open();
    drafts.keep(left);
    end();
    return left;
  }

  get texts(): string[] {
    return Array.from({ length: this.storage.length }, (_, index) => {
      const stored: { text: string } = JSON.parse(this.storage.getItem(this.storage.key(index) ?? '') ?? '{}');
      return stored.text;
    });
  }
}
