import { existsSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { npm } from './npm.mjs';
import { COMPILE_CACHE, TOOLCHAIN } from './paths.mjs';
import { lastWords, run } from './run.mjs';
import { SetupError } from './setup-error.mjs';

/** The version of the npm package `node` that is installed where the caller's Node is older. */
const VERSION = '24.21.0';
/** The server is TypeScript run as it is, on `node:sqlite`: both need this. */
const NEEDED_MAJOR = 24;
const BOOTSTRAP_MAJOR = 20;

const major = () => Number(process.versions.node.split('.')[0]);
const installed = () => join(TOOLCHAIN, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** The Node that runs the project if it is there already, without asking anything of the network. */
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
  // The package fetches the binary of the platform in its install script, so scripts must run here whatever the user's npm says.
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
 * The environment in which the project's programs find that Node first, and keep what they compiled: every `escale` reads some hundred files
 * of TypeScript, which takes longer than most of its verbs. @param {string} node @returns {NodeJS.ProcessEnv} */
export function environmentWith(node) {
  const key = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  const path = [dirname(node), process.env[key]].filter(Boolean).join(delimiter);
  return { NODE_COMPILE_CACHE: COMPILE_CACHE, ...process.env, [key]: path, ASTRO_TELEMETRY_DISABLED: '1' };
}
