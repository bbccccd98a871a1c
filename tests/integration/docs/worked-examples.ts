import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** All folders that are neither built nor installed. */
const SOURCES = ['agent', 'content', 'contract', 'lab-stack', 'public', 'server', 'setup', 'src', 'tests'];
const FILES = ['package.json', 'tsconfig.json', 'biome.json', 'vitest.config.ts', 'astro.config.mjs'];

interface Block {
  readonly language: string;
  /** The file that the block creates or changes; `run`: commands. */
  readonly path: string;
  readonly text: string;
}

/** The blocks of a page's last chapter, in order. */
export function workedExamples(page: string): Block[] {
  const chapter = page.slice(page.indexOf('\n## Worked examples'));
  return [...chapter.matchAll(/^```(\w+) (\S+)\n([\s\S]*?)^```$/gm)].map(([, language = '', path = '', text = '']) => ({
    language,
    path,
    text,
  }));
}

/** A copy of the repository in `folder`, using the packages of this one. */
export function copyRepository(root: string, folder: string): void {
  for (const name of [...SOURCES, ...FILES]) cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
}

export function make({ language, path, text }: Block, folder: string): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, language === 'diff' ? changed(readFileSync(file, 'utf8'), text, path) : text);
}

/** Applies a diff: the text of its lines ` ` and `-`, which must occur exactly once, is replaced by its lines ` ` and `+`. */
function changed(text: string, diff: string, path: string): string {
  const lines = diff.split('\n').filter((line) => line !== '');
  const side = (mark: string): string =>
    lines
      .filter((line) => line.startsWith(' ') || line.startsWith(mark))
      .map((line) => line.slice(1))
      .join('\n');
  const parts = text.split(side('-'));
  if (parts.length !== 2) throw new Error(`${path} holds this ${parts.length - 1} times:\n${side('-')}`);
  return parts.join(side('+'));
}
