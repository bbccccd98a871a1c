import { z } from 'zod';
import { EDITOR_FILE_BYTES, projectPathSchema } from '../../../contract/files.ts';
import type { Draft, Drafts } from './definitions.ts';

const PREFIX = 'escale.draft/';

const draftSchema = z.object({
  path: projectPathSchema,
  version: z.string().max(80).nullable(),
  text: z.string().max(EDITOR_FILE_BYTES),
});

/** Drafts in this browser's local storage, one entry per file. */
export class LocalDrafts implements Drafts {
  of(path: string): Draft | undefined {
    return read(PREFIX + path);
  }

  all(): Draft[] {
    return keys().flatMap((key) => read(key) ?? []);
  }

  keep(draft: Draft): boolean {
    try {
      localStorage.setItem(PREFIX + draft.path, JSON.stringify(draft));
      return true;
    } catch {
      return false;
    }
  }

  drop(path: string): void {
    try {
      localStorage.removeItem(PREFIX + path);
    } catch {
      // Without storage there is nothing to drop.
      document.documentElement.dataset.memory = 'none';
    }
  }
}

function keys(): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return [];
  }
}

function read(key: string): Draft | undefined {
  try {
    const draft = draftSchema.safeParse(JSON.parse(localStorage.getItem(key) ?? 'null'));
    return draft.success ? draft.data : undefined;
  } catch {
    return undefined;
  }
}
