import { describe, expect, test } from 'vitest';
import { fold, match } from '../../../../../src/client/palette/match.ts';

const found = (query: string, text: string, also?: string): string[] | undefined =>
  match(query, text, also)?.found.map(([from, to]) => text.slice(from, to));

describe('fold', () => {
  test('removes accents and capitals, letter by letter', () => {
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

  test('finds synonyms, and highlights nothing for them', () => {
    expect(found('reset', 'Remettre le labo à zéro', 'recommencer reset')).toEqual([]);
  });

  test('finds letters in order if they are close together', () => {
    expect(found('nvterm', 'Ouvrir un nouveau terminal')).toEqual(['n', 'v', 'term']);
    expect(found('xyz', 'Ouvrir un nouveau terminal')).toBeUndefined();
  });

  test('every word must be there', () => {
    expect(match('labo aspirateur', 'Arrêter le labo')).toBeUndefined();
  });

  test('a match at the beginning ranks before one inside, and both before synonyms', () => {
    const score = (text: string, also?: string): number => match('term', text, also)?.score ?? 0;
    expect(score('Terminal 2')).toBeGreaterThan(score('Déterminer la suite'));
    expect(score('Déterminer la suite')).toBeGreaterThan(score('Aller au shell', 'terminal'));
  });

  test('an empty query matches everything', () => {
    expect(match('', 'Arrêter le labo')).toEqual({ score: 0, found: [] });
  });
});
