import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from './npm.mjs';
import { ROOT } from './paths.mjs';
import { lastWords } from './run.mjs';
import { SetupError } from './setup-error.mjs';

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, peer?: boolean, link?: boolean }} Locked */

/** @param {string} file @returns {Record<string, Locked> | null} */
function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? null;
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Error && 'code' in error && error.code === 'ENOENT')) return null;
    throw error;
  }
}

/**
 * Whether `node_modules` matches the lock file. npm writes `.package-lock.json` there last, so an interrupted install has none.
 * Packages for other platforms are optional and may be missing.
 * @param {string} [root]
 */
export function dependenciesMatch(root = ROOT) {
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const present = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  if (!wanted || !present || !existsSync(join(root, 'node_modules', '.bin'))) return false;
  const inModules = Object.entries(wanted).filter(([path]) => path.includes('node_modules/'));
  return (
    inModules.every(([path, want]) => {
      const have = present[path];
      return have
        ? have.version === want.version && have.integrity === want.integrity
        : want.optional === true || want.devOptional === true;
    }) && Object.keys(present).every((path) => !path.includes('node_modules/') || path in wanted)
  );
}

/** @param {import('./board.mjs').Step} step @param {NodeJS.ProcessEnv} env */
export async function dependencies(step, env) {
  if (dependenciesMatch()) {
    step.result('déjà là');
    return;
  }
  let count = 0;
  // Install scripts of packages (compiling, downloading) are not needed: the binaries come as packages.
  const result = await npm(['ci', '--ignore-scripts'], {
    env,
    onLine: (line) => {
      if (/http fetch GET 200/.test(line)) step.progress(`${++count} téléchargements`);
    },
  });
  if (result.code !== 0) {
    throw new SetupError('Les dépendances n’ont pas pu être installées (« npm ci »).', {
      why: lastWords(result),
      mend: 'Vérifiez l’accès au registre npm (« npm ping », proxy, certificats) et la place sur le disque, puis relancez la commande.',
    });
  }
  step.result('installées');
}
