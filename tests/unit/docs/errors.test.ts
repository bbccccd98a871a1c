import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');
/** Texts that look like error codes but are files, labels, prefixes, or codes of verdicts. */
const NO_ERRORS = /^(config\.json|server\.json|case\.json|escale\.(?!fault$).*|lab\.disk-|trial\.not-run)$/;
const MADE = /(?:new EscaleError\([^;]*?,\s*|make\(\s*\d+,\s*)'([a-z]+)\.[a-z-]+'/g;

const sources = ['server', 'agent'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    // Readers and tasks have verdict codes, not error codes.
    .filter((name) => name.endsWith('.ts') && !/^checkpoints\/(readers|tasks)\//.test(name))
    .map((name) => readFileSync(join(ROOT, folder, name), 'utf8')),
);

/** Every text that looks like an error code of a known family. */
function codesInSources(): string[] {
  const families = new Set([...sources.flatMap((text) => [...text.matchAll(MADE)].map(([, family]) => family)), 'door', 'gate', 'preview']);
  const texts = sources.flatMap((text) => [...text.matchAll(/'(([a-z]+)\.[a-z-]+)'/g)]);
  return [...new Set(texts.flatMap(([, code = '', family]) => (families.has(family) && !NO_ERRORS.test(code) ? [code] : [])))].sort();
}

function codesInPage(): string[] {
  const rows = [...readFileSync(join(ROOT, 'docs/errors.md'), 'utf8').matchAll(/^\| (`.*?`) \| .+ \| .+ \|$/gm)];
  return rows.flatMap(([, cell = '']) => [...cell.matchAll(/`(.+?)`/g)].map(([, code = '']) => code)).sort();
}

it('docs/errors.md names every error code of the sources once, and no other', () => {
  expect(codesInSources().length).toBeGreaterThan(80);
  expect(codesInPage()).toEqual(codesInSources());
});
