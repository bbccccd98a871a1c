import { readFile } from 'node:fs/promises';
import type { DoctorItem } from '../definitions.ts';
import type { DoctorProbe } from '../world.ts';
import { engineInfo } from './engine.ts';

/** The kernel under the engine, and its control groups. */
export const kernel: DoctorProbe = async ({ engine }) => {
  if (engine === null) return [];
  const info = await engineInfo(engine);
  return [
    {
      id: 'kernel',
      title: 'Noyau',
      state: 'ok',
      observed: `Linux ${info.KernelVersion ?? 'inconnu'}, stockage ${info.Driver ?? 'inconnu'}`,
    },
    cgroups(info.CgroupVersion, info.CgroupDriver),
  ];
};

function cgroups(version: string | undefined, driver: string | undefined): DoctorItem {
  const base = { id: 'cgroups', title: 'Groupes de contrôle' };
  if (version === '1' || version === '2') return { ...base, state: 'ok', observed: `cgroup v${version}, pilote ${driver ?? 'inconnu'}` };
  return {
    ...base,
    state: 'unknown',
    observed: 'Le moteur ne dit pas leur version.',
    mend: 'Mettez le moteur à jour (Docker 20.10 ou plus récent).',
  };
}

/** A number of this host's kernel settings, or null where it has no such setting. */
export async function kernelSetting(path: string): Promise<number | null> {
  try {
    return Number(await readFile(`/proc/sys/${path}`, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EACCES')) return null;
    throw error;
  }
}
