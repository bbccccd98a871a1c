import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');

const [reference = ''] = readFileSync(join(ROOT, 'docs/authoring.md'), 'utf8').split('\n## Worked examples');
const quotes = [...reference.matchAll(/^```ts (\S+)\n([\s\S]*?)^```$/gm)].map(([, path = '', text = '']) => ({ path, text }));

it('quotes sources', () => {
  expect(quotes).not.toEqual([]);
});

it.each(quotes)('quotes $path as it is', ({ path, text }) => {
  expect(readFileSync(join(ROOT, path), 'utf8')).toContain(text);
});
