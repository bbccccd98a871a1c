import { describe, expect, test } from 'vitest';
import { fold, match } from '../../../../../src/client/palette/match.ts';

const found = (query: string, text: string, also?: string): string[] | undefined =>
  match(query, text, also)?.found.map(([from, to]) => text.slice(from, to));

describe('fold', () => {
  test('takes accents and capitals away, one letter for one', () => {
    expect(fold('Éditeur, « où » Ça')).toBe('editeur, « ou » ca');
    const text = 'L’été 🐋 à Orléans';
    expect(fold(text)).toHaveLength(text.length);
  });
});

describe('match', () => {
  test('finds words by their beginning, without accents, in any order', () => {
    expect(found('critere verif', 'Vérifier les critères maintenant')).toEqual(['Vérif', 'critère']);
    expect(found('zero', 'Remettre le labo à zéro')).toEqual(['zéro']);
  });

  test('finds other words for the same thing, and shows nothing of them', () => {
    expect(found('reset', 'Remettre le labo à zéro', 'recommencer reset')).toEqual([]);
  });

  test('finds letters in their order when they stand close together', () => {
    expect(found('nvterm', 'Ouvrir un nouveau terminal')).toEqual(['n', 'v', 'term']);
    expect(found('xyz', 'Ouvrir un nouveau terminal')).toBeUndefined();
  });

  test('every word must be there', () => {
    expect(match('labo aspirateur', 'Arrêter le labo')).toBeUndefined();
  });

  test('a beginning comes before an inside, and both before other words', () => {
    const score = (text: string, also?: string): number => match('term', text, also)?.score ?? 0;
    expect(score('Terminal 2')).toBeGreaterThan(score('Déterminer la suite'));
    expect(score('Déterminer la suite')).toBeGreaterThan(score('Aller au shell', 'terminal'));
  });

  test('an empty query matches all', () => {
    expect(match('', 'Arrêter le labo')).toEqual({ score: 0, found: [] });
  });
});
