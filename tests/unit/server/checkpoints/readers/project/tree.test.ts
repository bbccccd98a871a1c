import { expect, it } from 'vitest';
import { absentFromTree, treeOwner } from '../../../../../../server/checkpoints/readers/project/tree.ts';

it.each([
  ['requirements.txt', '1.1/files'],
  ['config', '1.1/files'],
  ['src/extract.py', '1.1/package'],
  ['src', '1.1/package'],
  ['data', '1.1/folders'],
  ['sources', null],
  ['requirements.txt.bak', null],
])('knows which criterion asks for %s', (path, owner) => {
  expect(treeOwner(path)).toBe(owner);
});

it('knows whether the project lacks what a program did not find', () => {
  expect(absentFromTree('/app/data/raw/users.json', ['data/processed', 'logs'])).toBe('1.1/folders');
  expect(absentFromTree('data/raw/users.json', ['data/raw'])).toBeNull();
  expect(absentFromTree('/app/config/config.yaml', ['data/raw'])).toBe('1.1/files');
  expect(absentFromTree('/app/other/users.json', [])).toBeNull();
});
