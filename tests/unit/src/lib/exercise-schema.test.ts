import { describe, expect, test } from 'vitest';
import { completeSchema, extendSchema, parseProps, predictSchema, proofTitle } from '../../../../src/lib/exercise-schema.ts';

const prediction = { id: '1.2/code-de-sortie', ask: 'Quel code de sortie ?', options: ['0', '1'], right: 2 };
const gap = { file: 'src/load.py', code: 'a\nb\n', gap: '2', todo: 'la seconde ligne', proof: '1.2/again' };

describe('parseProps', () => {
  test('gives back what fits', () => {
    expect(parseProps('Predict', predictSchema, prediction)).toEqual(prediction);
    expect(parseProps('Complete', completeSchema, gap)).toEqual(gap);
    expect(parseProps('Extend', extendSchema, { title: 'un service de plus' })).toEqual({ title: 'un service de plus' });
  });

  test.each([
    ['Predict', predictSchema, { ...prediction, right: 3 }, '<Predict> : right : `right` désigne une réponse qui n’existe pas'],
    ['Predict', predictSchema, { ...prediction, id: 'code' }, 'l’identifiant s’écrit comme « 1.2/code-de-sortie »'],
    ['Predict', predictSchema, { ...prediction, answer: 1 }, 'answer'],
    ['Complete', completeSchema, { ...gap, gap: 'deux' }, 'gap : des lignes s’écrivent comme « 12-18,21 »'],
    ['Complete', completeSchema, { ...gap, gap: '' }, 'gap : des lignes s’écrivent comme « 12-18,21 »'],
    ['Complete', completeSchema, { ...gap, proof: '1.2/rows' }, 'proof : content/plan.json n’a pas ce critère'],
    ['Extend', extendSchema, { title: 'un service', proof: '9.9/x' }, 'content/plan.json n’a pas ce critère'],
  ])('<%s> says what is wrong', (component, schema, props, message) => {
    expect(() => parseProps(component, schema, props)).toThrow(message);
  });
});

test('an exercise names the criterion by its title', () => {
  expect(proofTitle('1.2/again')).toBe('Une seconde exécution ne double ni ne perd rien');
});
