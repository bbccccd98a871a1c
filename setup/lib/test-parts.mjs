import { openSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { lessonTally, playwrightTally, vitestTally } from './tally.mjs';

/**
 * One part of `npm test`. `stdout`: a file that gets the program's output; `tally` reads the result once it has ended, and a part
 * without one counts as a single test.
 * @typedef {{ name: string, args: string[], stdout?: string, env?: NodeJS.ProcessEnv, tally?: () => import('./tally.mjs').Tally }} Part
 */

/** @param {string} program path of a package's program under `node_modules` */
const installed = (program) => join(ROOT, 'node_modules', program);

/** The parts in order: what is quick and needs nothing first. @param {string} reports a folder for their reports @returns {Part[]} */
export function testParts(reports) {
  const vitest = /** @param {'unit' | 'integration'} project @returns {Part} */ (project) => {
    const file = join(reports, `${project}.json`);
    const args = [
      installed('vitest/vitest.mjs'),
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ];
    return { name: project === 'unit' ? 'Tests unitaires' : 'Tests d’intégration', args, tally: () => vitestTally(file) };
  };
  const escale = /** @param {string[]} words */ (words) => [join(ROOT, 'setup', 'escale.mjs'), ...words];
  const lessons = join(reports, 'lessons.json');
  const browser = join(reports, 'browser.json');
  return [
    { name: 'Types', args: [installed('typescript/bin/tsc'), '--noEmit'] },
    { name: 'Style et règles d’import', args: [installed('@biomejs/biome/bin/biome'), 'check', '.'] },
    { name: 'Code inutilisé', args: [installed('knip/bin/knip.js')] },
    vitest('unit'),
    { name: 'Images des labos', args: escale(['images', 'build']) },
    vitest('integration'),
    { name: 'Leçons', args: escale(['lesson', 'test', '--json']), stdout: lessons, tally: () => lessonTally(lessons) },
    {
      name: 'Navigateur',
      args: [installed('@playwright/test/cli.js'), 'test', '--reporter=list,json'],
      env: { PLAYWRIGHT_JSON_OUTPUT_NAME: browser },
      tally: () => playwrightTally(browser),
    },
  ];
}

/** @param {string | undefined} file @returns {number | 'inherit'} */
export function outputTo(file) {
  return file === undefined ? 'inherit' : openSync(file, 'w');
}
