import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT, TOOLCHAIN } from './paths.mjs';
import { lastWords, run } from './run.mjs';
import { SetupError } from './setup-error.mjs';

/** Everything the pages are built from, including the code shown in lessons. */
const INPUTS = [
  'src',
  'content',
  'public',
  'contract',
  'lab-stack/solution',
  'lab-stack/starter',
  'astro.config.ts',
  'astro.config.mjs',
  'package-lock.json',
  'tsconfig.json',
];
const STAMP = join(TOOLCHAIN, 'site.sha256');

/** A hash of the names and contents of all inputs. @param {string} [root] */
export function siteHash(root = ROOT) {
  const hash = createHash('sha256');
  /** @param {string} path */
  const add = (path) => {
    const full = join(root, path);
    if (!existsSync(full)) return;
    if (statSync(full).isDirectory()) {
      for (const name of readdirSync(full).sort()) add(`${path}/${name}`);
    } else {
      hash.update(`${path}\0`).update(readFileSync(full)).update('\0');
    }
  };
  for (const input of INPUTS) add(input);
  return hash.digest('hex');
}

/**
 * Builds the site, unless the last build had the same inputs. @param {import('./board.mjs').Step} step @param {{ node: string, env:
 * NodeJS.ProcessEnv }} runtime
 */
export async function site(step, { node, env }) {
  const hash = siteHash();
  if (existsSync(join(ROOT, 'dist', 'index.html')) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash) {
    step.result('déjà construit');
    return;
  }
  const astro = join(ROOT, 'node_modules', 'astro', 'bin', 'astro.mjs');
  const result = await run(node, [astro, 'build'], { env, onLine: step.progress, deadlineMs: 300_000 });
  if (result.code !== 0) {
    throw new SetupError('Le site n’a pas pu être construit (« astro build »).', {
      why: lastWords(result, 15),
      mend: 'Corrigez le fichier nommé ci-dessus, puis relancez la commande. Si vous n’avez rien modifié, signalez l’erreur.',
      exitStatus: 70,
    });
  }
  mkdirSync(dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, hash);
  step.result('construit');
}
