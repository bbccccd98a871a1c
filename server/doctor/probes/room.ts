import { readFile, statfs } from 'node:fs/promises';
import { DEFAULT_FREE_FLOOR } from '../../labs/driver/gate-settings.ts';
import { gibibytes } from '../../units.ts';
import type { DoctorItem } from '../definitions.ts';
import type { DoctorWorld } from '../world.ts';
import { type EngineInfo, engineInfo } from './engine.ts';

const GIB = 1024 ** 3;
/** Memory reserved for the machine itself. */
const HOST_MEMORY = GIB;
/** The typical use of a lab that runs the stack of a lesson; far below its limit. */
const WORKING_LAB_MEMORY = 1.5 * GIB;
const WORKING_LAB_DISK = 5 * GIB;

/** Memory and disk, and how many working labs fit into the free space. */
export async function room(world: DoctorWorld): Promise<{ items: DoctorItem[]; labsFit: number | null }> {
  if (world.engine === null) return { items: [], labsFit: null };
  const info = await engineInfo(world.engine);
  const [available, disk] = await Promise.all([availableMemory(info), freeDisk(info, world.stateDir)]);
  const byMemory = Math.floor((available - HOST_MEMORY) / WORKING_LAB_MEMORY);
  const byDisk = disk === null ? Number.POSITIVE_INFINITY : Math.floor((disk - DEFAULT_FREE_FLOOR) / WORKING_LAB_DISK);
  const labsFit = Math.max(0, Math.min(byMemory, byDisk));
  const limit = world.labMemoryBytes({ memoryBytes: info.MemTotal ?? 0, cpus: info.NCPU ?? 1 });
  return {
    items: [memoryItem(info, available, limit), diskItem(disk), fitItem(labsFit, byMemory <= byDisk ? 'mémoire' : 'disque')],
    labsFit,
  };
}

function memoryItem(info: EngineInfo, available: number, limit: number): DoctorItem {
  const observed = `${gibibytes(available)} libres sur ${gibibytes(info.MemTotal ?? 0)}, ${info.NCPU ?? 0} processeurs ; un labo a droit à ${gibibytes(limit)}`;
  const base = { id: 'memory', title: 'Mémoire', observed };
  if (available >= HOST_MEMORY + WORKING_LAB_MEMORY) return { ...base, state: 'ok' };
  return {
    ...base,
    state: 'warning',
    mend: 'Fermez d’autres programmes ; sous Docker Desktop, donnez-lui plus de mémoire (Settings, Resources).',
  };
}

function diskItem(free: number | null): DoctorItem {
  const base = { id: 'disk', title: 'Disque' };
  if (free === null) {
    return { ...base, state: 'unknown', observed: 'La place du moteur ne se voit pas d’ici.', mend: 'Voyez « docker system df ».' };
  }
  const observed = `${gibibytes(free)} libres`;
  if (free >= DEFAULT_FREE_FLOOR + WORKING_LAB_DISK) return { ...base, state: 'ok', observed };
  const state = free < DEFAULT_FREE_FLOOR ? 'problem' : 'warning';
  return { ...base, state, observed, mend: `Libérez de la place : sous ${gibibytes(DEFAULT_FREE_FLOOR)}, plus aucun labo ne démarre.` };
}

function fitItem(labsFit: number, limitedBy: string): DoctorItem {
  const base = { id: 'labs', title: 'Labos qui tiennent', observed: `${labsFit} au travail en même temps (limite : ${limitedBy})` };
  return labsFit > 0
    ? { ...base, state: 'ok' }
    : { ...base, state: 'warning', mend: 'Libérez de la mémoire ou de la place sur le disque.' };
}

/** If the sizes agree, the engine runs on this machine. Otherwise (a virtual machine), all of its memory counts as available. */
async function availableMemory(info: EngineInfo): Promise<number> {
  const total = info.MemTotal ?? 0;
  const table = await readFile('/proc/meminfo', 'utf8').catch(() => '');
  const kibibytes = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(table)?.[1] ?? 0) * 1024;
  return Math.abs(kibibytes('MemTotal') - total) < GIB / 4 ? kibibytes('MemAvailable') : total;
}

async function freeDisk(info: EngineInfo, stateDir: string): Promise<number | null> {
  if (info.OperatingSystem?.includes('Docker Desktop')) return null;
  for (const folder of [info.DockerRootDir ?? '/', stateDir, '/']) {
    try {
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
    }
  }
  return null;
}
