import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { lastWords, run } from '../run.mjs';
import { SetupError } from '../setup-error.mjs';

const TOP = '/sys/fs/cgroup';

/** Whether the kernel offers an engine a memory controller, on cgroup v2 or v1. @param {string} [mounts] content of `/proc/mounts` */
export function hasCgroups(mounts = readFileSync('/proc/mounts', 'utf8')) {
  if (existsSync(`${TOP}/cgroup.controllers`)) return true;
  return mounts.split('\n').some((line) => {
    const [, , type, options] = line.split(' ');
    return type === 'cgroup' && options?.split(',').includes('memory');
  });
}

/** The controllers of cgroup v1 that this kernel offers. @param {string} [table] content of `/proc/cgroups` */
export function v1Controllers(table = readFileSync('/proc/cgroups', 'utf8')) {
  return table
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t'))
    .filter(([, , , enabled]) => enabled === '1')
    .map(([name]) => name ?? '');
}

/** Mounts the controllers if no init system has done so (a bare machine without systemd). */
export async function mountCgroups() {
  if (hasCgroups()) return;
  if (!existsSync(TOP)) mkdirSync(TOP, { recursive: true });
  await mount(['-t', 'tmpfs', '-o', 'mode=755', 'cgroup', TOP]);
  for (const controller of v1Controllers()) {
    mkdirSync(`${TOP}/${controller}`, { recursive: true });
    await mount(['-t', 'cgroup', '-o', controller, 'cgroup', `${TOP}/${controller}`]);
  }
}

/** @param {readonly string[]} args */
async function mount(args) {
  const result = await run('mount', args, { deadlineMs: 10_000 });
  if (result.code !== 0) {
    throw new SetupError('Les groupes de contrôle (cgroups) n’ont pas pu être montés.', {
      why: lastWords(result),
      mend: 'Le moteur Docker en a besoin : lancez Escale hors d’un conteneur, ou sur une machine dont le noyau les fournit.',
    });
  }
}
