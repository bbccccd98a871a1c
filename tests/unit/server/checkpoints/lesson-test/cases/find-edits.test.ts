import { expect, it } from 'vitest';
import { applyEdits } from '../../../../../../server/checkpoints/lesson-test/cases/apply-edits.ts';
import { findEdits } from '../../../../../../server/checkpoints/lesson-test/cases/find-edits.ts';

const FILE = ['etl:', '  depends_on:', '    postgres: healthy', '', 'pgadmin:', '  depends_on:', '    postgres: healthy', 'end'].join('\n');

function found(before: string, after: string) {
  const edits = findEdits('f', before, after);
  expect(applyEdits(before, edits, 'x')).toBe(after);
  return edits.map(({ replace, with: now }) => [replace, now]);
}

it('keeps to the line that differs where it stands once', () => {
  expect(found('a\n  b: 1\nc\n', 'a\n  b: 2\nc\n')).toEqual([['b: 1', 'b: 2']]);
  expect(found('a\nb\nc\n', 'a\nc\n')).toEqual([['b\n', '']]);
  expect(found('a\nb\nc\n', 'a\nb\nd\ne\nc\n')).toEqual([['b', ['b', 'd', 'e']]]);
});

it('takes along neighbours until the passage stands once', () => {
  const last = FILE.lastIndexOf('healthy');
  expect(found(FILE, `${FILE.slice(0, last)}started${FILE.slice(last + 7)}`)).toEqual([
    [
      ['    postgres: healthy', 'end'],
      ['    postgres: started', 'end'],
    ],
  ]);
});

it('makes one edit of two whose passages would overlap', () => {
  expect(found('x\ny\nx\ny\nx\n', 'x\nz\nx\nz\nx\n')).toHaveLength(1);
});

it.each([
  ['a\nb', 'a'],
  ['a', 'a\n'],
  ['a\n', 'a'],
  ['a\na\na\n', 'a\na\n'],
  ['a\nb\n', ''],
  ['\n\n\n', '\n\n'],
  ['a\nb\nc\n', 'c\nb\na\n'],
  ['tab\n\tx\n', 'tab\n    x\n'],
])('makes of %j exactly %j', (before, after) => {
  found(before, after);
});
