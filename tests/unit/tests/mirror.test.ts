import { globSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../../..');

/** What has no source of its own, and why. A path that ends with `/` stands for all below it. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'content/exercises.test.ts': 'holds for every lesson',
  'content/full-stops.test.ts': 'holds for every text and lesson',
  'content/lessons.test.ts': 'holds for every lesson',
  'content/lesson-source.ts': 'read by the test of the lessons',
  'docs/french-words.test.ts': 'holds for every text that is read in French',
  'docs/links.test.ts': 'holds for every page',
  'docs/markdown.ts': 'read by the test of the links',
  'lab-stack/bashrc.test.ts': 'the file that it tests has a name with a dot',
  'server/checkpoints/fakes/': 'fakes',
  'server/checkpoints/readers/logs/connection-causes.test.ts': 'holds for the causes of hosts, addresses, accounts and mounts',
  'server/checkpoints/tasks/2.3/answers.test.ts': 'holds for the criteria of the API’s answers',
  'server/checkpoints/untouched.test.ts': 'holds for every recorded play',
  'server/cli/fake-control.ts': 'a fake',
  'server/fakes/': 'fakes',
  'server/map/actual-of.ts': 'an engine for the tests of the map',
  'server/map/network-mistakes.test.ts': 'holds for the mistakes of networks in the catalogue',
  'setup/lib/temporary-folder.ts': 'a folder for one test',
  'src/client/editor/memory-drafts.ts': 'a fake',
  'src/client/editor/memory-files.ts': 'a fake',
  'src/client/map/sample-map.ts': 'maps for the tests of the map',
  'src/client/editor/rounds/': 'random rounds of the whole editor',
  'tests/': 'rules for the tests themselves',
};

function isException(path: string): boolean {
  return Object.keys(EXCEPTIONS).some((one) => path === one || (one.endsWith('/') && path.startsWith(one)));
}

/** `server/a/b.test.ts` tests `server/a/b.ts`, `b.mjs`, `b.md`: whatever bears its name. */
function hasSource(path: string): boolean {
  return path.endsWith('.test.ts') && globSync(path.replace(/test\.ts$/, '*'), { cwd: ROOT }).length > 0;
}

const files = globSync('**/*.ts', { cwd: join(ROOT, 'tests/unit') });

it('every unit test stands where its source stands', () => {
  expect(files.filter((path) => !hasSource(path) && !isException(path))).toEqual([]);
});

it('every exception is one', () => {
  const needed = files.filter((path) => !hasSource(path));
  const idle = Object.keys(EXCEPTIONS).filter((one) => !needed.some((path) => path === one || (one.endsWith('/') && path.startsWith(one))));
  expect(idle).toEqual([]);
});
