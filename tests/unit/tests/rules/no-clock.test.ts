import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../setup/lib/temporary-folder.ts';

const ROOT = resolve(import.meta.dirname, '../../../..');
const BIOME = join(ROOT, 'node_modules/@biomejs/biome/bin/biome');

/** What the linter says of lines of a test, by the project's rules: the number of each line that is refused. */
function refused(path: string, lines: readonly string[]): number[] {
  const tree = temporaryFolder();
  for (const file of ['biome.json', 'tests/rules']) cpSync(join(ROOT, file), join(tree, file), { recursive: true });
  mkdirSync(dirname(join(tree, path)), { recursive: true });
  writeFileSync(join(tree, path), `${lines.join('\n')}\n`);
  const args = [BIOME, 'lint', '--vcs-enabled=false', '--reporter=json', path];
  const { stdout } = spawnSync(process.execPath, args, { cwd: tree, encoding: 'utf8' });
  const { diagnostics }: { diagnostics: { category: string; location: { start: { line: number } } }[] } = JSON.parse(stdout);
  return diagnostics.filter(({ category }) => category === 'plugin').map(({ location }) => location.start.line);
}

const CLOCKS = [
  "import { setTimeout as sleep } from 'node:timers/promises';",
  "import { setInterval } from 'node:timers/promises';",
  "import timers from 'timers/promises';",
  'export const began = performance.now();',
  'setTimeout(() => sleep(1), 50);',
  'setInterval(timers.wait, setInterval.length);',
  'globalThis.setTimeout(() => undefined, 50);',
  'await page.waitForTimeout(900);',
  'expect(Date.now() - began).toBeLessThan(1000);',
];

it.each(['tests/unit/server/sample.test.ts', 'tests/integration/labs/sample.ts', 'tests/e2e/sample.spec.ts'])(
  '%s may not sleep',
  (path) => {
    expect(refused(path, CLOCKS)).toEqual(CLOCKS.map((_, index) => index + 1));
  },
);

it('a benchmark may measure, and a test may wait for a condition, set a deadline and advance a clock', () => {
  expect(refused('tests/bench/sample.ts', CLOCKS)).toEqual([]);
  const fine = [
    'await vi.waitFor(() => expect(seen).toBe(true), { timeout: 5000 });',
    'await vi.advanceTimersByTimeAsync(1000);',
    'test.setTimeout(120_000);',
    'export const tomorrow = new Date(Date.now() + 86_400_000);',
    'export const signal = AbortSignal.timeout(1000);',
  ];
  expect(refused('tests/unit/server/sample.test.ts', fine)).toEqual([]);
});
