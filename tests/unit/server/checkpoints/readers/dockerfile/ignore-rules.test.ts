import { describe, expect, it } from 'vitest';
import { ignoredBy, parseIgnore } from '../../../../../../server/checkpoints/readers/dockerfile/ignore-rules.ts';

/** The line that keeps a path out of the build, or null. */
const hides = (source: string, path: string) => ignoredBy(parseIgnore(source), path)?.line ?? null;

describe('ignoredBy', () => {
  it.each([
    ['*.txt', 'requirements.txt', 1],
    ['.git\n\n# listes\n*.txt\n', 'requirements.txt', 4],
    ['/requirements.txt', 'requirements.txt', 1],
    ['./src/', 'src/load.py', 1],
    ['src', 'src/deep/load.py', 1],
    ['**/*.py', 'src/load.py', 1],
    ['**/*.py', 'etl_pipeline.py', 1],
    ['src/**', 'src/deep/load.py', 1],
    ['etl_?ipeline.py', 'etl_pipeline.py', 1],
    ['*', 'requirements.txt', 1],
    ['  *.txt  \r\n', 'requirements.txt', 1],
    ['!requirements.txt\n*.txt', 'requirements.txt', 2],
  ])('%j hides %s', (source, path, line) => {
    expect(hides(source, path)).toBe(line);
  });

  it.each([
    ['*.txt\n!requirements.txt', 'requirements.txt'],
    ['*\n!src', 'src/load.py'],
    ['*.py', 'src/load.py'],
    ['src/*.txt', 'src/load.py'],
    ['requirements', 'requirements.txt'],
    ['#requirements.txt', 'requirements.txt'],
    ['.\n/\n', 'requirements.txt'],
    ['[', 'requirements.txt'],
    ['', 'requirements.txt'],
  ])('%j leaves %s', (source, path) => {
    expect(hides(source, path)).toBeNull();
  });
});
