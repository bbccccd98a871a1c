import { existsSync } from 'node:fs';
import { aptInstall } from '../apt.mjs';
import { SetupError } from '../setup-error.mjs';
import { setupMode } from '../setup-mode.mjs';
import { startDaemon } from './daemon.mjs';
import { find, isDebian, isDebianRoot } from './host.mjs';
import { candidates, findEngine } from './sockets.mjs';

/**
 * The address of an engine that answers, for `DOCKER_HOST`. Uses an existing engine. Otherwise, as root on Debian or Ubuntu, it
 * installs and starts one. Elsewhere it throws an error that says what to do.
 * @param {import('../board.mjs').Step} step
 * @param {(text: string) => void} announce told what will be installed, before it is
 * @returns {Promise<string>}
 */
export async function engine(step, announce) {
  const before = await findEngine();
  if (before?.state === 'answers') return found(step, before, 'répond');
  if (before?.state === 'denied') throw denied(before.dockerHost);
  if (process.env.DOCKER_HOST) throw silentHost(process.env.DOCKER_HOST);
  if (setupMode() === 'never') throw noEngine('ESCALE_SETUP=never interdit de l’installer ou de le démarrer.');
  if (!isDebianRoot()) throw noEngine(whyNotHere());

  const installed = find('dockerd') !== null;
  if (!installed) {
    announce('  Aucun moteur Docker ne répond : Escale installe le paquet Debian « docker.io » et démarre dockerd.');
    await aptInstall(packages(), step.progress);
  }
  await startDaemon(step.progress);
  const after = await findEngine();
  if (after?.state !== 'answers') throw noEngine('Il a démarré mais ne répond plus.');
  return found(step, after, installed ? 'démarré' : 'installé et démarré');
}

/** @param {import('../board.mjs').Step} step @param {import('./sockets.mjs').Sight} sight @param {string} how */
function found(step, sight, how) {
  step.result(`${sight.version ?? 'version inconnue'}, ${how}`);
  return sight.dockerHost;
}

function packages() {
  const apparmor = existsSync('/sys/kernel/security/apparmor') || existsSync('/sys/module/apparmor');
  return ['docker.io', 'containerd', 'runc', 'iptables', 'ca-certificates', ...(apparmor ? ['apparmor'] : [])];
}

function whyNotHere() {
  if (process.platform === 'darwin' || process.platform === 'win32') return 'Docker Desktop n’est pas installé ou n’est pas lancé.';
  return isDebian() ? 'Seul root peut l’installer et le démarrer.' : 'Escale ne sait l’installer que sur Debian et Ubuntu.';
}

function mend() {
  if (process.platform === 'darwin' || process.platform === 'win32')
    return 'Installez Docker Desktop (docker.com/products/docker-desktop) et lancez-le : l’atelier s’ouvrira de lui-même.';
  if (find('dockerd')) return 'Lancez « sudo systemctl start docker » : l’atelier s’ouvrira de lui-même.';
  if (isDebian()) return 'Lancez « sudo apt-get install docker.io && sudo usermod -aG docker $USER », puis rouvrez votre session.';
  return 'Installez Docker Engine (docs.docker.com/engine/install) et démarrez-le : l’atelier s’ouvrira de lui-même.';
}

/** @param {string} why */
function noEngine(why) {
  return new SetupError('Aucun moteur Docker ne répond sur cette machine.', {
    why: `${why}\nAdresses essayées : ${candidates().join(', ')}`,
    mend: mend(),
  });
}

/** @param {string} dockerHost */
function denied(dockerHost) {
  return new SetupError('Le moteur Docker est là mais refuse votre compte.', {
    why: `Vous n’avez pas le droit d’ouvrir ${dockerHost.replace('unix://', '')} : il faut appartenir au groupe « docker ».`,
    mend: 'Lancez « sudo usermod -aG docker $USER », puis fermez et rouvrez votre session (ou « newgrp docker » dans ce terminal).',
  });
}

/** @param {string} dockerHost */
function silentHost(dockerHost) {
  return new SetupError(`Le moteur Docker de DOCKER_HOST (${dockerHost}) ne répond pas.`, {
    why: 'La variable DOCKER_HOST désigne cette adresse, et elle seule est essayée.',
    mend: 'Démarrez ce moteur, corrigez DOCKER_HOST, ou retirez-la (« unset DOCKER_HOST »).',
  });
}
