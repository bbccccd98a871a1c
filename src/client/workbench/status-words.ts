import type { LabState } from '../../../contract/lab.ts';
import type { LabSnapshot } from '../connection/snapshot-store.ts';
import type { Shape } from '../dom.ts';
import { bytes } from './seconds.ts';
import { ago } from './verdict-words.ts';

export interface StatusItem {
  readonly id: string;
  readonly text: string;
  readonly shape?: Shape;
  /** Share of a limit, from 0 to 1. */
  readonly part?: number;
  readonly warn?: boolean;
  /** The tooltip. */
  readonly title?: string;
  /** Hidden where there is little room. */
  readonly optional?: boolean;
}

const LAB: Readonly<Record<LabState, readonly [Shape, string]>> = {
  creating: ['waiting', 'Labo en démarrage'],
  starting: ['waiting', 'Labo en démarrage'],
  ready: ['met', 'Labo prêt'],
  stopping: ['waiting', 'Labo en cours d’arrêt'],
  stopped: ['todo', 'Labo arrêté'],
  asleep: ['todo', 'Labo endormi'],
  failed: ['unmet', 'Labo en échec'],
};

const WEAKER =
  'Qui est root dans ce labo peut devenir root de cette machine. C’est un choix de config.json, pour un apprenant de confiance.';

/** Share of a limit above which the bar warns. */
const WARN = 0.8;

/** The items of the status bar, from left to right. */
export function statusOf(now: LabSnapshot, clock: number): StatusItem[] {
  if (now.connection.kind === 'ended')
    return [{ id: 'lab', shape: 'todo', text: now.connection.reason === 'absent' ? 'Sans labo' : 'Labo fermé' }];
  if (!now.known)
    return [
      {
        id: 'lab',
        shape: now.connection.kind === 'down' ? 'unknown' : 'waiting',
        text: now.connection.kind === 'down' ? 'Serveur sans réponse' : 'Connexion au labo',
      },
    ];
  if (now.connection.kind !== 'open') {
    return [
      { id: 'lab', shape: 'unknown', text: 'État du labo inconnu' },
      ...(now.heardAt === undefined ? [] : [{ id: 'heard', text: `dernière nouvelle ${ago(clock - now.heardAt)}` }]),
      { id: 'shells', text: 'vos terminaux continuent sans vous', optional: true },
    ];
  }
  return [...labItems(now), ...setupItems(now)];
}

function labItems({ lab, setup }: LabSnapshot): StatusItem[] {
  const blocking = (setup?.steps ?? []).filter((step) => step.blocksLab);
  if (lab === undefined || lab.state === 'stopped' || lab.state === 'failed') {
    if (blocking.some((step) => step.state === 'failed')) return [{ id: 'lab', shape: 'unmet', text: 'Labo impossible ici' }];
    if (blocking.some((step) => step.state === 'running' || step.state === 'todo'))
      return [{ id: 'lab', shape: 'waiting', text: 'Labo en préparation' }];
  }
  if (lab === undefined) return [{ id: 'lab', shape: 'todo', text: 'Labo non démarré' }];
  const stopped = lab.state === 'ready' && lab.engine?.state === 'stopped';
  const [shape, text] = stopped ? (['unmet', 'Moteur arrêté'] as const) : LAB[lab.state];
  const items: StatusItem[] = [{ id: 'lab', shape, text }];
  if (lab.engine?.state === 'starting') items.push({ id: 'engine', shape: 'waiting', text: 'moteur\u202f: démarre' });
  if (lab.engine?.state === 'running' && lab.engine.version !== undefined)
    items.push({ id: 'engine', text: `moteur ${lab.engine.version}` });
  items.push(
    lab.isolation === 'userns'
      ? { id: 'isolation', text: 'isolement\u202f: espace d’utilisateurs', optional: true }
      : { id: 'isolation', text: 'isolement\u202f: capabilities, plus faible', warn: true, title: WEAKER },
  );
  if (lab.memory) items.push({ id: 'memory', ...gauge('mémoire ', lab.memory) });
  if (lab.disk) items.push({ id: 'disk', ...gauge('disque ', lab.disk), optional: lab.disk.usedBytes < WARN * lab.disk.limitBytes });
  const count = lab.engine?.containers;
  if (lab.engine?.state === 'running' && count !== undefined)
    items.push({ id: 'containers', text: count === 0 ? 'aucun conteneur' : count === 1 ? '1 conteneur' : `${count} conteneurs` });
  return items;
}

function gauge(
  name: string,
  { usedBytes, limitBytes }: { usedBytes: number; limitBytes: number },
): Pick<StatusItem, 'text' | 'part' | 'warn'> {
  const part = limitBytes > 0 ? Math.min(1, usedBytes / limitBytes) : 0;
  return { text: `${name}${bytes(usedBytes)} sur ${bytes(limitBytes)}`, part, warn: part >= WARN };
}

/** The steps of the preparation that are still running and that the lab does not need. */
function setupItems({ setup }: LabSnapshot): StatusItem[] {
  const behind = (setup?.steps ?? []).filter((step) => !step.blocksLab);
  const failed = behind.find((step) => step.state === 'failed');
  if (failed) return [{ id: 'setup', shape: 'unmet', text: `${failed.title}\u202f: ${failed.problem?.message ?? 'en échec'}`, warn: true }];
  const running = behind.find((step) => step.state === 'running');
  if (!running) return [];
  const done = behind.filter((step) => step.state === 'done').length;
  return [{ id: 'setup', shape: 'waiting', text: `${running.title}, ${done} sur ${behind.length}`, optional: true }];
}
