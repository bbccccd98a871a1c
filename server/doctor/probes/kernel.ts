import { readFile } from 'node:fs/promises';
import type { DoctorItem } from '../definitions.ts';
import type { DoctorProbe } from '../world.ts';
import { type EngineInfo, engineInfo } from './engine.ts';

/** The engine's kernel, and its control groups. */
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
    limits(info),
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

/** Without these limits a lab can use all resources of the machine. */
function limits({ MemoryLimit, CpuCfsQuota, PidsLimit }: EngineInfo): DoctorItem {
  const base = { id: 'limits', title: 'Limites des labos' };
  const held = Object.entries({ mémoire: MemoryLimit, processeurs: CpuCfsQuota, processus: PidsLimit });
  const lost = held.flatMap(([name, value]) => (value === false ? [name] : []));
  if (lost.length === 0) return { ...base, state: 'ok', observed: held.map(([name]) => name).join(', ') };
  return {
    ...base,
    state: 'warning',
    observed: `Le noyau du moteur ne sait pas limiter : ${lost.join(', ')}.`,
    mend: 'Activez ces contrôleurs de cgroups (au démarrage du noyau : « cgroup_enable=memory swapaccount=1 »).',
  };
}

/** A numeric kernel setting of this host, or null if it does not exist. */
export async function kernelSetting(path: string): Promise<number | null> {
  try {
    return Number(await readFile(`/proc/sys/${path}`, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EACCES')) return null;
    throw error;
  }
}
