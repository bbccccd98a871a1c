import { expect, test } from 'vitest';
import { glossary, glossaryEntry, glossarySchema, termsIn } from '../../../../src/lib/glossary.ts';

test('lists the words in French order, then what one types', () => {
  const terms = glossary.map(({ term }) => term);
  expect(terms.indexOf('étiquette')).toBeLessThan(terms.indexOf('hôte'));
  expect(terms.indexOf('volume')).toBeLessThan(terms.indexOf('`--format`'));
});

test('says what to do about a term that has no entry', () => {
  expect(glossaryEntry('hote').term).toBe('hôte');
  expect(() => glossaryEntry('hotte')).toThrow('content/fr/glossary.json n’a pas d’entrée « hotte »');
});

test('refuses two entries with one id', () => {
  const entry = { id: 'port', term: 'port', text: 'Un numéro qui désigne un programme à l’écoute.' };
  expect(glossarySchema.safeParse([entry]).success).toBe(true);
  expect(glossarySchema.safeParse([entry, entry]).success).toBe(false);
});

test('finds the terms that a lesson marks', () => {
  expect(termsIn('Un <Term of="port">port</Term> de l’<Term of="hote">hôte</Term>.')).toEqual(['port', 'hote']);
});
