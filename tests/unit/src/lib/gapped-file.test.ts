import { expect, test } from 'vitest';
import { gappedFile, withComments } from '../../../../src/lib/gapped-file.ts';

const CODE = 'def f():\n    if a:\n        b()\n    c()\nf()\n';

test('cuts a file into what is given and what the learner writes', () => {
  expect(gappedFile('f.py', CODE, '3-4')).toEqual([
    { gap: false, from: 1, lines: ['def f():', '    if a:'] },
    { gap: true, from: 3, lines: ['        b()', '    c()'] },
    { gap: false, from: 5, lines: ['f()'] },
  ]);
});

test('cuts an excerpt, with the numbers of the whole file', () => {
  expect(gappedFile('f.py', CODE, '4', '3-4')).toEqual([
    { gap: false, from: 3, lines: ['        b()'] },
    { gap: true, from: 4, lines: ['    c()'] },
  ]);
  expect(gappedFile('f.py', CODE, '4-5', '4-5')).toEqual([{ gap: true, from: 4, lines: ['    c()', 'f()'] }]);
});

test('two excerpts that do not follow each other stay apart', () => {
  expect(gappedFile('f.py', CODE, '5', '1,5').map(({ from }) => from)).toEqual([1, 5]);
  expect(gappedFile('f.py', CODE, '5', '1,3,5').map(({ from }) => from)).toEqual([1, 3, 5]);
});

test('a gap is copied as a comment, indented like the outermost line that belongs there', () => {
  expect(withComments(gappedFile('f.py', CODE, '3-4'), 'à vous')).toBe('def f():\n    if a:\n    # à vous\nf()');
});

test.each([
  ['9', undefined, 'f.py n’a que 5 lignes : la ligne 9 n’existe pas.'],
  ['2', '1-7', 'f.py n’a que 5 lignes : la ligne 7 n’existe pas.'],
  ['2', '3-4', 'f.py : les lignes à écrire (2-2) ne sont pas parmi celles que l’on montre.'],
])('a gap at %s of %s: %s', (gap, shown, message) => {
  expect(() => gappedFile('f.py', CODE, gap, shown)).toThrow(message);
});
