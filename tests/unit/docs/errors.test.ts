import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');
/** Written like a code, and something else: files, labels, a common beginning, codes of verdicts. */
const NO_ERRORS = /^(config\.json|server\.json|escale\.(?!fault$).*|lab\.disk-|trial\.not-run)$/;
const MADE = /(?:new EscaleError\([^;]*?,\s*|make\(\s*\d+,\s*)'([a-z]+)\.[a-z-]+'/g;

const sources = ['server', 'agent'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    // Probes and tasks find; they do not fail: their codes are those of verdicts.
    .filter((name) => name.endsWith('.ts') && !/^checkpoints\/(probes|tasks)\//.test(name))
    .map((name) => readFileSync(join(ROOT, folder, name), 'utf8')),
);

/** Every text that looks like a code, of a family that errors are made of. */
function codesInSources(): string[] {
  const families = new Set([...sources.flatMap((text) => [...text.matchAll(MADE)].map(([, family]) => family)), 'gate', 'preview']);
  const texts = sources.flatMap((text) => [...text.matchAll(/'(([a-z]+)\.[a-z-]+)'/g)]);
  return [...new Set(texts.flatMap(([, code = '', family]) => (families.has(family) && !NO_ERRORS.test(code) ? [code] : [])))].sort();
}

function codesInPage(): string[] {
  const rows = [...readFileSync(join(ROOT, 'docs/errors.md'), 'utf8').matchAll(/^\| (`.*?`) \| .+ \| .+ \|$/gm)];
  return rows.flatMap(([, cell = '']) => [...cell.matchAll(/`(.+?)`/g)].map(([, code = '']) => code)).sort();
}

it('docs/errors.md names every error code of the sources, once, and no other', () => {
  expect(codesInSources().length).toBeGreaterThan(80);
  expect(codesInPage()).toEqual(codesInSources());
});
