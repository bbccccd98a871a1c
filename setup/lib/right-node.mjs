import { existsSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { npm } from './npm.mjs';
import { COMPILE_CACHE, TOOLCHAIN } from './paths.mjs';
import { lastWords, run } from './run.mjs';
import { SetupError } from './setup-error.mjs';

/** The version of the npm package `node`, installed if the caller's Node is older. */
const VERSION = '24.21.0';
/** The server needs it for TypeScript run without a build and for `node:sqlite`. */
const NEEDED_MAJOR = 24;
const BOOTSTRAP_MAJOR = 20;

const major = () => Number(process.versions.node.split('.')[0]);
const installed = () => join(TOOLCHAIN, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** The Node that runs the project if it is already there, without network access; else null. */
export function findRightNode() {
  if (major() >= NEEDED_MAJOR) return process.execPath;
  return existsSync(installed()) ? installed() : null;
}

/** @param {import('./board.mjs').Step} step @returns {Promise<string>} path of the Node that runs the project */
export async function rightNode(step) {
  if (major() < BOOTSTRAP_MAJOR) {
    throw new SetupError(`Node ${process.versions.node} est trop ancien.`, {
      why: `Escale s’installe avec Node ${BOOTSTRAP_MAJOR} ou plus récent.`,
      mend: `Installez Node ${NEEDED_MAJOR} (par exemple depuis nodejs.org), puis relancez la commande.`,
    });
  }
  const found = findRightNode();
  if (found && (found === process.execPath || (await answers(found)))) {
    step.result(found === process.execPath ? `${process.versions.node}, celui de la machine` : `${VERSION}, déjà là`);
    return found;
  }
  return install(step);
}

/** @param {import('./board.mjs').Step} step */
async function install(step) {
  step.progress(`npm install node@${VERSION} (dans .toolchain)`);
  rmSync(join(TOOLCHAIN, 'node_modules'), { recursive: true, force: true });
  // The package downloads the platform's binary in its install script, so scripts must run here whatever the user's npm settings.
  const args = ['install', '--prefix', TOOLCHAIN, '--no-save', '--no-package-lock', '--ignore-scripts=false', `node@${VERSION}`];
  const result = await npm(args, { onLine: step.progress, deadlineMs: 300_000 });
  if (result.code !== 0 || !(await answers(installed()))) {
    throw new SetupError(`Node ${VERSION} n’a pas pu être installé dans .toolchain.`, {
      why: lastWords(result),
      mend: `Vérifiez l’accès au registre npm (« npm ping », proxy, certificats), ou installez vous-même Node ${NEEDED_MAJOR}, puis relancez.`,
    });
  }
  step.result(`${VERSION}, installé dans .toolchain`);
  return installed();
}

/** @param {string} node */
async function answers(node) {
  const { code, tail } = await run(node, ['--version'], { deadlineMs: 10_000 });
  return code === 0 && Number(tail[0]?.replace(/^v/, '').split('.')[0]) >= NEEDED_MAJOR;
}

/**
 * An environment with that Node first on the PATH and a compile cache: every `escale` command loads hundreds of
 * TypeScript files, and compiling them takes longer than most commands. @param {string} node @returns {NodeJS.ProcessEnv} */
export function environmentWith(node) {
  const key = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  const path = [dirname(node), process.env[key]].filter(Boolean).join(delimiter);
  return { NODE_COMPILE_CACHE: COMPILE_CACHE, ...process.env, [key]: path, ASTRO_TELEMETRY_DISABLED: '1' };
}
