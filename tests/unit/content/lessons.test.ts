import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');
const LESSONS = globSync('content/fr/*/*.mdx', { cwd: ROOT });

interface Shown {
  readonly path: string;
  /** Line numbers, from 1; null: the whole file. */
  readonly lines: readonly number[] | null;
}

/** What a stretch of a lesson shows of the solution. */
function shownFiles(lesson: string, stretch: string): Shown[] {
  const imports = new Map([...lesson.matchAll(/^import (\w+) from '@solution\/(.+?)\?raw'/gm)].map(([, name, path]) => [name, path]));
  return [...stretch.matchAll(/<SolutionFile\b[^>]*\/>/g)].map(([tag]) => {
    const path = imports.get(/\bcode=\{(\w+)\}/.exec(tag)?.[1]);
    if (path === undefined) throw new Error(`${tag} shows what is not imported from the solution`);
    const lines = /\blines="([^"]+)"/.exec(tag)?.[1];
    return { path, lines: lines === undefined ? null : lines.split(',').flatMap(range) };
  });
}

function range(text: string): number[] {
  const [from = 0, to = from] = text.split('-').map(Number);
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

describe.each(LESSONS)('%s', (file) => {
  const lesson = readFileSync(join(ROOT, file), 'utf8');

  it('shows in its steps every line of every file of the solution that it imports', () => {
    const steps = /<Steps>[\s\S]*<\/Steps>/.exec(lesson)?.[0] ?? '';
    const shown = shownFiles(lesson, steps);
    const paths = new Set(shownFiles(lesson, lesson).map(({ path }) => path));
    expect(paths.size).toBeGreaterThan(0);
    for (const path of paths) {
      const pieces = shown.filter((one) => one.path === path);
      const seen = new Set(pieces.flatMap(({ lines }) => lines ?? []));
      const missing = readFileSync(join(ROOT, 'lab-stack/solution', path), 'utf8')
        .split('\n')
        .map((text, index) => ({ text, number: index + 1 }))
        .filter(({ text, number }) => text.trim() !== '' && !seen.has(number));
      expect(pieces.some(({ lines }) => lines === null) ? [] : missing, path).toEqual([]);
    }
  });

  it('has commands that a terminal takes as they are', () => {
    const commands = [...lesson.matchAll(/<Command run="([^"]*)"/g)].map((match) => match[1] ?? '');
    expect(commands.length).toBeGreaterThan(0);
    expect(commands.filter((command) => /[\u00a0\u202f’‘“”]/.test(command))).toEqual([]);
    expect(commands.length).toBe([...lesson.matchAll(/<Command\b/g)].length);
  });

  it('has its four parts in order', () => {
    expect([...lesson.matchAll(/^## (.+)$/gm)].map((match) => match[1])).toEqual(['Pourquoi', 'Faire', 'Observer', 'Vérifier']);
  });
});
