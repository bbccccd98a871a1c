import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { SetupError } from './setup-error.mjs';
import { lessonTally, playwrightTally, vitestTally } from './tally.mjs';

/**
 * One part of `npm test`. `stdout`: a file for the program's output. `tally` reads the result once the part has ended; a part
 * without `tally` counts as a single test. `beside`: the part with which it runs at the same time, if that one runs too.
 * @typedef {{ id: string, name: string, args: string[], beside?: string, stdout?: string, env?: NodeJS.ProcessEnv, tally?: () => import('./tally.mjs').Tally }} Part
 */

/** As `npm run check:imports`. */
const IMPORTS = [
  '--config',
  'dependency-cruiser.config.mjs',
  '-T',
  'err-long',
  'agent',
  'contract',
  'lab-stack/source',
  'server',
  'setup',
  'src',
  'tests',
];

/** @param {string} program path of a package's program under `node_modules` */
const installed = (program) => join(ROOT, 'node_modules', program);

/**
 * The parts in order. Parts that need no lab run while the images are built. @param {string} reports a folder for their reports @returns
 * {Part[]}
 */
export function testParts(reports) {
  const vitest = /** @param {'unit' | 'integration'} project @returns {Part} */ (project) => {
    const file = join(reports, `${project}.json`);
    const args = [
      installed('vitest/vitest.mjs'),
      'run',
      '--project',
      project,
      '--reporter=default',
      `--reporter=${join(ROOT, 'tests', 'support', 'flaky-reporter.ts')}`,
      '--reporter=json',
      `--outputFile.json=${file}`,
    ];
    return { id: project, name: project === 'unit' ? 'Tests unitaires' : 'Tests d’intégration', args, tally: () => vitestTally(file) };
  };
  const escale = /** @param {string[]} words */ (words) => [join(ROOT, 'setup', 'escale.mjs'), ...words];
  const lessons = join(reports, 'lessons.json');
  const browser = join(reports, 'browser.json');
  return [
    { id: 'types', name: 'Types', args: [installed('typescript/bin/tsc'), '--noEmit'], beside: 'images' },
    { id: 'style', name: 'Style', args: [installed('@biomejs/biome/bin/biome'), 'check', '.'], beside: 'images' },
    {
      id: 'imports',
      name: 'Règles d’import',
      args: [installed('dependency-cruiser/bin/dependency-cruiser.mjs'), ...IMPORTS],
      beside: 'images',
    },
    { id: 'unused', name: 'Code inutilisé', args: [installed('knip/bin/knip.js')], beside: 'images' },
    { ...vitest('unit'), beside: 'images' },
    { id: 'images', name: 'Images des labos', args: escale(['images', 'build', '--first']) },
    vitest('integration'),
    // Only a few integration tests need them, and wait; the others mostly wait for the engine.
    { id: 'later-images', name: 'Images des parties suivantes', args: escale(['images', 'build']), beside: 'integration' },
    {
      id: 'lessons',
      name: 'Leçons',
      args: escale(['lesson', 'test', '--quick', '--labs', '2', '--json']),
      stdout: lessons,
      // Alone: two stacks of part 2 use both cores, and tests of a browser beside them run out of time.
      tally: () => lessonTally(lessons),
    },
    {
      id: 'browser',
      name: 'Navigateur',
      args: [installed('@playwright/test/cli.js'), 'test', '--reporter=list,tests/support/flaky-playwright-reporter.ts,json'],
      env: { PLAYWRIGHT_JSON_OUTPUT_NAME: browser },
      tally: () => playwrightTally(browser),
    },
  ];
}

/**
 * The parts with these ids; all parts if there are no ids.
 * @param {readonly Part[]} parts
 * @param {readonly string[]} ids
 * @returns {Part[]}
 */
export function chosenParts(parts, ids) {
  const known = parts.map(({ id }) => id);
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown !== undefined) {
    throw new SetupError(`Il n’y a pas de partie « ${unknown} » dans les tests.`, {
      why: 'La commande ne la connaît pas.',
      mend: `Parties : ${known.join(', ')} (« npm test -- unit browser »), toutes sans argument.`,
      exitStatus: 64,
    });
  }
  return ids.length === 0 ? [...parts] : parts.filter(({ id }) => ids.includes(id));
}
