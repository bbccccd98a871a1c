import { expect, it } from 'vitest';
import { applyChange } from '../../../../../../server/checkpoints/lesson-test/cases/apply-change.ts';
import { findChange } from '../../../../../../server/checkpoints/lesson-test/cases/find-change.ts';
import type { Project } from '../../../../../../server/projects/project.ts';
import { folder, projectOf, shown } from './small-project.ts';

const LONG = Array.from({ length: 30 }, (_, line) => `line ${line} of a long file`).join('\n');

function found(before: Project, after: Project) {
  const result = findChange(before, after);
  expect(shown(applyChange(before, result.change, result.whole, 'x'))).toEqual(shown(after));
  return { ...result.change, whole: [...result.whole.keys()] };
}

it('edits a file of which little differs, and keeps one whole of which most does', () => {
  const before = projectOf({ little: LONG, most: LONG, same: LONG });
  const after = projectOf({ little: LONG.replace('line 7 of', 'line seven of'), most: 'other\n', same: LONG });
  expect(found(before, after)).toEqual({
    edits: [{ file: 'little', replace: 'line 7 of a long file', with: 'line seven of a long file' }],
    move: {},
    remove: [],
    folders: [],
    whole: ['most'],
  });
});

it('removes a folder once, not all that is in it, and names only folders that are empty', () => {
  const before = projectOf({ src: folder, 'src/a': '1', 'src/b': '2', keep: folder, 'keep/x': '' });
  const after = projectOf({ keep: folder, 'data/raw': folder, data: folder, new: folder, 'new/file': 'x' });
  expect(found(before, after)).toMatchObject({ remove: ['keep/x', 'src'], folders: ['data/raw'], whole: ['new/file', 'new'] });
});

it('holds a file where a folder was, and a folder where a file was', () => {
  const before = projectOf({ logs: folder, 'logs/a': '1', data: 'other' });
  expect(found(before, projectOf({ logs: 'file', data: folder }))).toMatchObject({ remove: ['data'], folders: ['data'], whole: ['logs'] });
});

it('keeps a file whole whose mode differs, or that is no text', () => {
  const bytes = { kind: 'file', mode: 0o644, content: Buffer.from([0xff, 0xfe, 1]) } as const;
  const before: Project = new Map([['bytes', bytes], ...projectOf({ run: LONG })]);
  const after: Project = new Map([
    ['bytes', { ...bytes, content: Buffer.from([0xff, 0xfe, 2]) }],
    ['run', { kind: 'file', mode: 0o755, content: Buffer.from(LONG) }],
  ] as const);
  expect(found(before, after)).toMatchObject({ edits: [], whole: ['bytes', 'run'] });
});

it('sees that a file moved where only one can have', () => {
  const before = projectOf({ Dockerfile: 'FROM a\n', one: '', two: '' });
  const after = projectOf({ dockerfile: 'FROM a\n', three: '' });
  expect(found(before, after)).toMatchObject({ move: { Dockerfile: 'dockerfile' }, remove: ['one', 'two'], whole: ['three'] });
});
