import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { lastWords, run } from '../run.mjs';
import { SetupError } from '../setup-error.mjs';
import { mountCgroups } from './cgroups.mjs';
import { find, hasSystemd, processName, rootPath } from './host.mjs';
import { look } from './sockets.mjs';

const HOST = 'unix:///var/run/docker.sock';
const LOG = '/var/log/escale-dockerd.log';
const DEADLINE_MS = 60_000;

/**
 * Starts the machine's engine, by systemd if it runs and directly otherwise, and waits until it answers. A killed engine leaves
 * pid files, whose numbers may now belong to other processes, and its containerd. Both are cleaned up first.
 * @param {(line: string) => void} progress
 */
export async function startDaemon(progress) {
  if (hasSystemd()) {
    progress('systemctl start docker');
    const result = await run('systemctl', ['start', 'docker'], { deadlineMs: 120_000 });
    if (result.code === 0 && (await waitUntilItAnswers(() => null))) return;
    const journal = await run('journalctl', ['-u', 'docker', '-n', '12', '--no-pager', '-o', 'cat'], { deadlineMs: 10_000 });
    throw notStarted(lastWords(journal, 12), 'Lisez « journalctl -u docker », puis relancez la commande.');
  }
  if (livingDaemon()) {
    progress('le moteur démarre déjà');
    if (await waitUntilItAnswers(() => null)) return;
    throw notStarted(
      `dockerd tourne (${pidIn('/var/run/docker.pid')}) mais ne répond pas sur /var/run/docker.sock.`,
      'Arrêtez-le, puis relancez la commande.',
    );
  }
  await mountCgroups();
  await chooseIptables();
  clearStale();
  progress('démarrage de dockerd');
  const child = launch();
  let ended = /** @type {string | null} */ (null);
  child.on('exit', (code, signal) => {
    ended = `dockerd s’est arrêté (${signal ?? `code ${code}`}).`;
  });
  child.on('error', (error) => {
    ended = error.message;
  });
  // Installing the package may have started the engine already. Then ours exits at once, and we wait for the other one.
  if (await waitUntilItAnswers(() => (livingDaemon() ? null : ended))) {
    child.unref();
    return;
  }
  if (ended === null) child.kill('SIGTERM');
  throw notStarted(`${ended ?? 'Pas de réponse après 60 s.'}\n${endOfLog()}`, `Lisez ${LOG}, puis relancez la commande.`);
}

/** @param {string} why @param {string} mend */
function notStarted(why, mend) {
  return new SetupError('Le moteur Docker est installé mais ne démarre pas.', { why, mend });
}

/** Starts the engine in a session of its own, so that it keeps running as the machine's service after this process ends. */
function launch() {
  const log = openSync(LOG, 'a');
  try {
    return spawn(find('dockerd') ?? 'dockerd', [], {
      cwd: '/',
      env: { ...process.env, PATH: rootPath() },
      detached: true,
      stdio: ['ignore', log, log],
    });
  } finally {
    closeSync(log);
  }
}

/** @param {() => string | null} ended */
async function waitUntilItAnswers(ended) {
  const deadline = performance.now() + DEADLINE_MS;
  while (performance.now() < deadline && ended() === null) {
    if ((await look(HOST, 2000)).state === 'answers') return true;
    await sleep(250);
  }
  return false;
}

/** @param {string} file */
function pidIn(file) {
  if (!existsSync(file)) return null;
  const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
  return Number.isInteger(pid) && pid > 0 ? pid : null;
}

function livingDaemon() {
  const pid = pidIn('/var/run/docker.pid');
  return pid !== null && processName(pid) === 'dockerd';
}

function clearStale() {
  const left = /** @type {const} */ ([
    ['/var/run/docker.pid', 'dockerd', ['/var/run/docker.sock']],
    ['/var/run/docker/containerd/containerd.pid', 'containerd', ['/var/run/docker/containerd/containerd.sock']],
  ]);
  for (const [file, name, sockets] of left) {
    const pid = pidIn(file);
    if (pid !== null && processName(pid) === name) continue;
    for (const stale of [file, ...sockets]) rmSync(stale, { force: true });
  }
}

/** Kernels without nftables support only the legacy tables; Debian installs both programs. */
async function chooseIptables() {
  const works = /** @param {string} program */ async (program) =>
    (await run(program, ['-t', 'nat', '-S'], { deadlineMs: 20_000 })).code === 0;
  if ((await works(find('iptables') ?? 'iptables')) || !(await works('/usr/sbin/iptables-legacy'))) return;
  for (const name of ['iptables', 'ip6tables']) await run('update-alternatives', ['--set', name, `/usr/sbin/${name}-legacy`]);
}

function endOfLog() {
  return existsSync(LOG) ? readFileSync(LOG, 'utf8').trim().split('\n').slice(-12).join('\n') : '';
}
