import type { DoctorItem } from '../definitions.ts';
import type { DoctorProbe } from '../world.ts';
import { askSource } from './ask-source.ts';
import { engineInfo } from './engine.ts';

const SECOND = 1000;
/**
 * Maximum difference to the engine's clock: it may run in a virtual machine that was suspended. Above this, builds treat files as older
 * than they are.
 */
const ENGINE_SKEW_MS = 30 * SECOND;
/** Maximum difference to the package servers' clock. Above this, certificates and package lists may count as not yet valid, or expired. */
const WORLD_SKEW_MS = 300 * SECOND;

/** Compares the clock with the engine's and the package servers'. A wrong clock breaks TLS and apt with misleading messages. */
export const clock: DoctorProbe = async ({ engine, packageSources }) => {
  const items: DoctorItem[] = [];
  if (engine !== null) {
    const { SystemTime } = await engineInfo(engine);
    const there = Date.parse(SystemTime ?? '');
    if (!Number.isNaN(there)) items.push(compared('clock-engine', 'Horloge du moteur', there - Date.now(), ENGINE_SKEW_MS));
  }
  const answers = await Promise.all(packageSources.map(({ url }) => (url === null ? null : askSource(url))));
  const dates = answers.flatMap((answer) => (answer !== null && 'dateMs' in answer && answer.dateMs !== null ? [answer.dateMs] : []));
  const [date] = dates;
  if (date !== undefined) return [...items, compared('clock', 'Horloge', date - Date.now(), WORLD_SKEW_MS)];
  return [
    ...items,
    {
      id: 'clock',
      title: 'Horloge',
      state: 'unknown',
      observed: 'Aucun serveur joint ne donne l’heure.',
      mend: 'Comparez « date » à une montre : un écart de quelques minutes fait échouer TLS et apt.',
    },
  ];
};

function compared(id: string, title: string, skewMs: number, mostMs: number): DoctorItem {
  const seconds = Math.round(skewMs / SECOND);
  if (Math.abs(skewMs) <= mostMs) return { id, title, state: 'ok', observed: 'À l’heure.' };
  return {
    id,
    title,
    state: 'warning',
    observed: `${Math.abs(seconds)} s de ${seconds > 0 ? 'retard' : 'avance'} sur cette machine.`,
    mend: 'Remettez l’horloge à l’heure (« timedatectl set-ntp true ») ; sous Docker Desktop, redémarrez-le.',
  };
}
