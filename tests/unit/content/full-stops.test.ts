import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it, vi } from 'vitest';

vi.setConfig({ testTimeout: 30_000 });

const ROOT = join(import.meta.dirname, '../../..');
const PROGRAMS =
  /^(sudo |time )?(docker|docker-compose|escale|git|pip|python3?|psql|npm|sh|bash|cd|cp|mv|rm|rmdir|mkdir|touch|ls|cat|chmod|chown|find|sed|grep|curl|echo|stat|tail|head|pwd) \S/;

/** The commands of a text, in its backticks, that a full stop follows: whoever copies `docker build .` with its stop builds `..`. */
function touched(text: string): string[] {
  const parts = text.split('`');
  return parts.filter((part, index) => index % 2 === 1 && PROGRAMS.test(part) && /^\.(?!\.)/.test(parts[index + 1] ?? ''));
}

/** The strings of a program; what a template inserts is `…`. */
function stringsOf(source: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) found.push(node.text);
    if (ts.isTemplateExpression(node)) found.push([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…'));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('x.ts', source, ts.ScriptTarget.Latest));
  return found;
}

async function linesOf(pattern: string, texts: (source: string) => string[]): Promise<string[]> {
  const wrong: string[] = [];
  for await (const path of glob(pattern, { cwd: ROOT })) {
    const source = readFileSync(join(ROOT, path), 'utf8');
    if (!source.includes('`.')) continue;
    wrong.push(...texts(source).flatMap((text) => touched(text).map((command) => `${path}: ${command}`)));
  }
  return wrong;
}

it('finds a command that a full stop touches', () => {
  expect(touched('Construisez-la : `docker build -t etl .`. Puis `docker images` ; le fichier est `Dockerfile`.')).toEqual([
    'docker build -t etl .',
  ]);
  expect(touched('`docker build .` la construit. `touch` suffit.')).toEqual([]);
});

it.each(['server/**/*.ts', 'agent/**/*.ts', 'src/**/*.ts'])('no command touches a full stop in the texts of %s', async (pattern) => {
  expect(await linesOf(pattern, stringsOf)).toEqual([]);
});

it('no command touches a full stop in the lessons', async () => {
  expect(await linesOf('content/**/*.mdx', (source) => source.replaceAll(/^ *```[\s\S]*?^ *```/gm, '').split('\n'))).toEqual([]);
});
