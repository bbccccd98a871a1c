import type { DoctorItem, DoctorReport } from './definitions.ts';
import { clock } from './probes/clock.ts';
import { engine } from './probes/engine.ts';
import { images } from './probes/images.ts';
import { isolation } from './probes/isolation.ts';
import { kernel } from './probes/kernel.ts';
import { names } from './probes/names.ts';
import { network } from './probes/network.ts';
import { port } from './probes/port.ts';
import { room } from './probes/room.ts';
import type { DoctorProbe, DoctorWorld } from './world.ts';

const PROBES: readonly { readonly title: string; readonly look: DoctorProbe }[] = [
  { title: 'Moteur Docker', look: engine },
  { title: 'Noyau', look: kernel },
  { title: 'Isolation des labos', look: isolation },
  { title: 'Images', look: images },
  { title: 'Ports', look: port },
  { title: 'Réseau', look: network },
  { title: 'Résolution des noms', look: names },
  { title: 'Horloge', look: clock },
];

const GRAVITY: Readonly<Record<DoctorItem['state'], number>> = { problem: 0, warning: 1, unknown: 2, ok: 3 };
/** The order of dependence: fixing an item is useless before those above it. Items not listed come last. */
const GAIN = [
  'engine',
  'rootless',
  'isolation',
  'cgroups',
  'disk',
  'memory',
  'limits',
  'lab-image',
  'labs',
  'clock-engine',
  'clock',
  'names',
];

/** Runs all checks. A probe that throws becomes an item that says so; the others are still shown. */
export async function runDoctor(world: DoctorWorld): Promise<DoctorReport> {
  const [items, space] = await Promise.all([Promise.all(PROBES.map(({ title, look }) => look(world).catch(broken(title)))), roomOf(world)]);
  const all = [...items.flat(), ...space.items];
  return {
    ok: !all.some(({ state }) => state === 'problem'),
    labsFit: space.labsFit,
    isolation: world.isolation,
    items: all,
    toMend: toMend(all),
  };
}

/** Problems before warnings, and in each group what others depend on first. */
function toMend(items: readonly DoctorItem[]): string[] {
  const rank = ({ id }: DoctorItem): number => (GAIN.includes(id) ? GAIN.indexOf(id) : GAIN.length);
  return items
    .filter(({ state }) => state !== 'ok')
    .sort((a, b) => GRAVITY[a.state] - GRAVITY[b.state] || rank(a) - rank(b))
    .map(({ id }) => id);
}

async function roomOf(world: DoctorWorld): Promise<{ items: DoctorItem[]; labsFit: number | null }> {
  try {
    return await room(world);
  } catch (error) {
    return { items: broken('Mémoire et disque')(error), labsFit: null };
  }
}

function broken(title: string): (error: unknown) => DoctorItem[] {
  return (error) => [
    {
      id: 'unknown',
      title,
      state: 'unknown',
      observed: error instanceof Error ? error.message : String(error),
      mend: 'Recommencez ; si cela se répète, signalez-le avec ce texte.',
    },
  ];
}
