import { expect, it } from 'vitest';
import { dropsOf, without } from '../../../../../../server/checkpoints/lesson-test/mutants/drop-lines.ts';
import type { FileKind } from '../../../../../../server/checkpoints/lesson-test/mutants/file-kind.ts';

/** What is left of a text without each of its lines in turn, and what hangs on it. */
function left(text: string, kind: FileKind): string[] {
  const lines = text.split('\n');
  return dropsOf(lines, kind).map((drop) => without(lines, drop, kind));
}

it('takes a block of YAML whole, and each line in it', () => {
  expect(left('a:\n  b: 1\n  c:\n    d: 2\n\n# note\ne: 3', 'compose')).toEqual([
    '\n# note\ne: 3',
    'a:\n  c:\n    d: 2\n\n# note\ne: 3',
    'a:\n  b: 1\n\n# note\ne: 3',
    'a:\n  b: 1\n  c:\n\n# note\ne: 3',
    'a:\n  b: 1\n  c:\n    d: 2\n\n# note',
  ]);
});

it('takes along a list that is not indented', () => {
  expect(left('a:\n- 1\n- 2\nb: 3', 'yaml')[0]).toBe('b: 3');
});

it('takes an instruction with what continues it, and ends one whose last line goes', () => {
  expect(left('RUN a \\\n    && b \\\n    && c\nUSER x', 'dockerfile')).toEqual([
    'USER x',
    'RUN a \\\n    && c\nUSER x',
    'RUN a \\\n    && b\nUSER x',
    'RUN a \\\n    && b \\\n    && c',
  ]);
});

it('takes a call of Python with its closing bracket, and a list line by line', () => {
  expect(left('f(\n    1,\n)\ng()', 'python')[0]).toBe('g()');
  expect(left('# a\none\n\ntwo', 'list')).toEqual(['# a\n\ntwo', '# a\none\n']);
});
