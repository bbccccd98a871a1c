import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

test('docs/escapes.md lists exactly the attempts that are made', () => {
  const program = read('tests/integration/labs/attempts/escape.py');
  const single = [...program.matchAll(/^@attempt\("(.+)"\)$/gm)].map(([, name]) => name);
  const lists = [...program.matchAll(/^each\("(.+?)"/gm)].map(([, prefix]) => `${prefix} *`);
  const listed = [...read('docs/escapes.md').matchAll(/^\| `(.+)` \|/gm)].map(([, name]) => name);
  expect(listed.sort()).toEqual([...single, ...lists].sort());
});
