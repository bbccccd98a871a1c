import { z } from 'zod';
import { projectPathSchema } from '../../../contract/files.ts';
import type { Draft, Drafts, Pages } from './definitions.ts';

const PREFIX = 'escale.draft/';

/** A draft as stored. One that names no page belongs to none, and one that does not say whether it is disputed is. */
const storedSchema = z.object({
  page: z.string().default(''),
  path: projectPathSchema,
  version: z.string().max(80).nullable(),
  text: z.string(),
  disputed: z.boolean().default(true),
});

interface Stored extends Draft {
  readonly page: string;
}

/** Drafts in this browser's local storage, one entry per draft, with the page that it belongs to. */
export class LocalDrafts implements Drafts {
  readonly #storage: () => Storage;
  readonly #pages: Pages;

  /** `storage`: throws where the browser gives a page no storage. */
  constructor(storage: () => Storage, pages: Pages) {
    this.#storage = storage;
    this.#pages = pages;
  }

  keep({ id, ...draft }: Draft): boolean {
    try {
      this.#storage().setItem(PREFIX + id, JSON.stringify({ page: this.#pages.me, ...draft }));
      return true;
    } catch {
      return false;
    }
  }

  drop(id: string): void {
    try {
      this.#storage().removeItem(PREFIX + id);
    } catch {
      // Without storage there is nothing to drop.
      return;
    }
  }

  adopt(): Promise<Draft[]> {
    return this.#pages.alone(async () => {
      const living = await this.#pages.living();
      const orphans = this.#all().filter(({ page }) => !living.has(page));
      return orphans.map(({ page: _gone, ...draft }) => {
        this.keep(draft);
        return draft;
      });
    });
  }

  elsewhere(path: string): boolean {
    return this.#all().some((draft) => draft.path === path && draft.disputed && draft.page !== this.#pages.me);
  }

  #all(): Stored[] {
    try {
      const storage = this.#storage();
      return Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '')
        .filter((key) => key.startsWith(PREFIX))
        .flatMap((key) => read(storage, key) ?? []);
    } catch {
      return [];
    }
  }
}

function read(storage: Storage, key: string): Stored | undefined {
  try {
    const stored = storedSchema.safeParse(JSON.parse(storage.getItem(key) ?? 'null'));
    return stored.success ? { id: key.slice(PREFIX.length), ...stored.data } : undefined;
  } catch {
    return undefined;
  }
}
