import { describe, expect, it } from 'vitest';
import type { FileEntry } from '../../../../../contract/files.ts';
import { firstExpanded, foldersAbove, movedPath, visibleRows } from '../../../../../src/client/editor/tree-model.ts';

const entry = (path: string, kind: FileEntry['kind'] = 'file'): FileEntry => ({ path, kind, size: 0, mode: 0o644 });
const PROJECT = [
  entry('requirements.txt'),
  entry('src', 'folder'),
  entry('src/load.py'),
  entry('src/étape 10.py'),
  entry('src/étape 2.py'),
  entry('Dockerfile'),
  entry('.env'),
  entry('data', 'folder'),
];

describe('rows of the tree', () => {
  it('are sorted with files first, then by name in reading order, with the content of open folders', () => {
    const rows = visibleRows(PROJECT, new Set(['src']));
    expect(rows.map(({ level, name }) => `${level} ${name}`)).toEqual([
      '1 .env',
      '1 Dockerfile',
      '1 requirements.txt',
      '1 data',
      '1 src',
      '2 étape 2.py',
      '2 étape 10.py',
      '2 load.py',
    ]);
    expect(rows[4]).toMatchObject({ position: 5, siblings: 5, expanded: true });
  });

  it('show a small project completely, and only the first level of a large one', () => {
    expect([...firstExpanded(PROJECT)]).toEqual(['src', 'data']);
    expect(firstExpanded([...PROJECT, ...Array.from({ length: 40 }, (_, i) => entry(`f${i}`))]).size).toBe(0);
  });
});

describe('paths', () => {
  it('have their parent folders, and follow a rename', () => {
    expect(foldersAbove('a/b/c.py')).toEqual(['a', 'a/b']);
    expect(movedPath('a/b/c.py', 'a/b', 'x')).toBe('x/c.py');
    expect(movedPath('a/bc.py', 'a/b', 'x')).toBeUndefined();
  });
});
