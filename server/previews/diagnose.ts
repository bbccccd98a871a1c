import type { Preview } from '../../contract/workspace.ts';
import type { ListeningSocket, PublishedPort } from '../lab-engine/definitions.ts';
import type { Problem } from './definitions.ts';

/** A container younger than this, in which nothing listens, counts as starting. */
const STARTING_MS = 20_000;

type Diagnosis = Pick<Preview, 'state' | 'problem'>;

/**
 * Whether a published port answers, and if not, why. Based on the lab's engine and the sockets that listen in the container (null:
 * unknown).
 */
export function diagnose(port: PublishedPort, sockets: readonly ListeningSocket[] | null, nowMs: number): Diagnosis {
  if (port.state !== 'running') return { state: 'silent', problem: down(port) };
  if (sockets === null || sockets.some((socket) => socket.port === port.inside && !socket.loopback)) return { state: 'answers' };
  if (sockets.some((socket) => socket.port === port.inside)) return { state: 'silent', problem: onLoopback(port) };
  const others = [...new Set(sockets.map((socket) => socket.port))];
  if (others.length > 0) return { state: 'silent', problem: otherPort(port, others) };
  const state = nowMs - port.startedMs < STARTING_MS ? 'starting' : 'silent';
  return { state, problem: nothingListens(port) };
}

const DOWN: Readonly<Record<PublishedPort['state'], string>> = {
  running: 'tourne',
  created: 'n’a pas encore démarré',
  paused: 'est en pause',
  restarting: 's’arrête et redémarre sans cesse',
  removing: 'est en train de disparaître',
  exited: 'est arrêté',
  dead: 'est arrêté',
};

function down({ container, state, exitCode }: PublishedPort): Problem {
  const code = state === 'exited' || state === 'restarting' ? ` (code ${exitCode})` : '';
  return {
    code: 'preview.container-down',
    message: `Le conteneur « ${container} » ${DOWN[state]}${code}.`,
    hint:
      state === 'paused'
        ? `\`docker unpause ${container}\` le remet en marche.`
        : `\`docker logs ${container}\` dit pourquoi ; \`docker start ${container}\` ou \`docker compose up -d\` le démarre.`,
  };
}

function onLoopback({ container, inside }: PublishedPort): Problem {
  return {
    code: 'preview.loopback',
    message: `Dans « ${container} », le port ${inside} n’écoute que sur 127.0.0.1 : c’est l’adresse du conteneur pour lui-même, rien n’y entre du dehors.`,
    hint: 'Faites écouter le programme sur 0.0.0.0 (souvent une option `--host` ou `--bind`), puis recréez le conteneur.',
  };
}

function otherPort({ container, published, inside }: PublishedPort, others: readonly number[]): Problem {
  const listens = others.slice(0, 5).join(', ');
  return {
    code: 'preview.wrong-port',
    message: `Rien n’écoute sur le port ${inside} de « ${container} » ; le conteneur écoute sur ${listens}.`,
    hint: `Le nombre de droite est le port dans le conteneur : publiez \`${published}:${others[0]}\`.`,
  };
}

function nothingListens({ container, inside }: PublishedPort): Problem {
  return {
    code: 'preview.nothing-listens',
    message: `Rien n’écoute encore sur le port ${inside} de « ${container} ».`,
    hint: `Le programme démarre peut-être : \`docker logs ${container}\` dit où il en est.`,
  };
}

/** Everything looks right, but the connection was closed without a reply. */
export function noAnswer(published: number): Problem {
  return {
    code: 'preview.no-answer',
    message: `Le port ${published} du labo a fermé la connexion sans rien répondre.`,
    hint: 'Regardez si le conteneur tourne : `docker ps`, puis `docker logs` et son nom.',
  };
}
