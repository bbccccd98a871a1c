import { readdirSync } from 'node:fs';
import { rootPath } from './engine/host.mjs';
import { lastWords, run } from './run.mjs';
import { SetupError } from './setup-error.mjs';

const ENV = {
  ...process.env,
  PATH: rootPath(),
  DEBIAN_FRONTEND: 'noninteractive',
  NEEDRESTART_MODE: 'a',
  NEEDRESTART_SUSPEND: '1',
  LC_ALL: 'C.UTF-8',
};
const APT = ['-o', 'DPkg::Lock::Timeout=180', '-o', 'Acquire::Retries=3', '-o', 'Dpkg::Use-Pty=0'];

/**
 * Installs Debian packages without prompts. Fetches the package lists when there are none, or when an install fails with old ones.
 * First completes an earlier install that was interrupted.
 * @param {readonly string[]} packages
 * @param {(line: string) => void} progress
 */
export async function aptInstall(packages, progress) {
  if (!hasLists()) await update(progress);
  let result = await install(packages, progress);
  if (result.code !== 0) {
    if (result.tail.some((line) => line.includes('dpkg --configure -a'))) {
      await run('dpkg', ['--configure', '-a'], { env: ENV, onLine: progress });
    }
    await update(progress);
    result = await install(packages, progress);
  }
  if (result.code !== 0) {
    throw new SetupError(`« apt-get install ${packages.join(' ')} » n’a pas abouti.`, {
      why: lastWords(result),
      mend: 'Vérifiez l’accès aux dépôts Debian (« apt-get update ») et la place sur le disque, puis relancez la commande.',
    });
  }
}

/** @param {readonly string[]} packages @param {(line: string) => void} progress */
function install(packages, progress) {
  progress(`apt-get install ${packages.join(' ')}`);
  return run('apt-get', [...APT, 'install', '-y', '--no-install-recommends', ...packages], { env: ENV, onLine: progress });
}

/** @param {(line: string) => void} progress */
async function update(progress) {
  progress('apt-get update');
  const result = await run('apt-get', [...APT, 'update'], { env: ENV, onLine: progress, deadlineMs: 300_000 });
  if (result.code !== 0) {
    throw new SetupError('« apt-get update » n’a pas abouti.', {
      why: lastWords(result),
      mend: 'Vérifiez l’accès aux dépôts Debian (réseau, proxy, /etc/apt/sources.list.d), puis relancez la commande.',
    });
  }
}

function hasLists() {
  try {
    return readdirSync('/var/lib/apt/lists').some((name) => /_Packages(\.\w+)?$/.test(name));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}
