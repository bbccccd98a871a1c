import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');
/** « lab » as a French noun; the commands keep it (« escale lab start »). */
const LAB = /(?<![\p{L}-])(?:le|les|un|du|des|de|ce|ces|votre|vos|au|aux|chaque|aucun) labs?(?![\p{L}-])/iu;

it('a learner’s lab is « un labo » in every French text', () => {
  const files = execFileSync('git', ['ls-files', '-z', 'agent', 'content', 'contract', 'server', 'setup', 'src'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const said = files
    .split('\0')
    .filter((name) => /\.(ts|mjs|astro|mdx?|json)$/.test(name))
    .flatMap((name) =>
      readFileSync(join(ROOT, name), 'utf8')
        .split('\n')
        .flatMap((line, index) => (LAB.test(line) ? [`${name}:${index + 1}: ${line.trim()}`] : [])),
    );
  expect(LAB.test('Démarrez le lab.')).toBe(true);
  expect(said).toEqual([]);
});
