import { z } from 'zod';
import entries from '../../content/fr/glossary.json' with { type: 'json' };

export const GLOSSARY_HREF = '/fr/glossaire/';

/** `content/fr/glossary.json`. */
export const glossarySchema = z
  .array(
    z.strictObject({
      /** The anchor on the glossary's page, and what a lesson writes: `<Term of="monter">`. */
      id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lettres, chiffres et tirets'),
      /** As a dictionary would have it; backticks mark code: « monter », « `2>&1` ». */
      term: z.string().min(2).max(40),
      /** One to three sentences that a beginner understands. Backticks mark code. */
      text: z.string().min(20).max(320),
    }),
  )
  .refine((list) => new Set(list.map((entry) => entry.id)).size === list.length, 'deux entrées ont le même identifiant');

const order = new Intl.Collator('fr', { ignorePunctuation: true });

type GlossaryEntry = z.infer<typeof glossarySchema>[number];

const isCode = ({ term }: GlossaryEntry): number => Number(term.startsWith('`'));

/** All entries in alphabetical order: the words, then what one types. */
export const glossary: readonly GlossaryEntry[] = glossarySchema
  .parse(entries)
  .sort((one, other) => isCode(one) - isCode(other) || order.compare(one.term, other.term));

export function glossaryEntry(id: string): GlossaryEntry {
  const entry = glossary.find((each) => each.id === id);
  if (entry === undefined)
    throw new Error(`content/fr/glossary.json n’a pas d’entrée « ${id} » : ajoutez-la, ou corrigez <Term of="${id}">.`);
  return entry;
}

/** The ids of the terms that a lesson marks, in order. */
export function termsIn(lesson: string): string[] {
  return [...lesson.matchAll(/<Term of="([^"]+)">/g)].map(([, id = '']) => id);
}
