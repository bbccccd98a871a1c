import { join } from 'node:path';
import { buildApp } from './app.ts';
import { stateBusy } from './control/open-control.ts';
import { tellSteps } from './control/tell-steps.ts';
import { readEnvironment } from './environment.ts';
import { asEscaleError } from './errors/as-escale-error.ts';
import { ownAuthorities } from './gateway/request-guard.ts';
import { Token } from './gateway/tokens.ts';
import { type Listening, listenOnLoopback } from './listen.ts';
import { REPOSITORY } from './local-host.ts';
import { openSolo, type Solo } from './open-solo.ts';
import { readServeOptions, type ServeOptions } from './serve-options.ts';
import { openServices, type Services } from './services.ts';
import { removeServerFile, writeServerFile } from './state/server-file.ts';
import { openStateFolder, type StateFolder } from './state/state-folder.ts';
import { type StateLock, tryLockState } from './state/state-lock.ts';
import { stopSignal } from './stop-signal.ts';

const SUSPEND_MS = 60_000;
const LOCK_MS = 60_000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Serves until a signal arrives; resolves to the exit status. */
export async function serve(args: readonly string[]): Promise<number> {
  try {
    const options = readServeOptions(args);
    const environment = readEnvironment();
    const folder = openStateFolder(options.stateDir ?? environment.stateDir);
    const services = openServices({ folder, lock: await takeLock(folder), environment });
    await run({ options, folder, services });
    return 0;
  } catch (thrown) {
    const error = asEscaleError(thrown);
    process.stderr.write(`${error.message}\n${error.hint}\n`);
    if (error.kind === 'fault') process.stderr.write(`${error.stack ?? ''}\n`);
    return error.exitStatus;
  }
}

interface Run {
  readonly options: ServeOptions;
  readonly folder: StateFolder;
  readonly services: Services;
}

async function run({ options, folder, services }: Run): Promise<void> {
  const ports: number[] = options.publicPort === null ? [] : [options.publicPort];
  const solo = openSolo(services, ports);
  const tokens = { page: new Token(), control: new Token(), locked: options.locked };
  try {
    const app = await buildApp({
      setup: () => services.preparation.board.status(),
      workbenchOf: () => solo.workbench,
      labs: services.labs,
      workshops: services.workshops,
      tokens,
      authorities: () => ownAuthorities(ports),
      siteDir: join(REPOSITORY, 'dist'),
      log: services.log,
    });
    const listening = await listenOnLoopback(app, options.port ?? services.config.port);
    ports.push(listening.port);
    writeServerFile(folder, { pid: process.pid, port: listening.port, token: tokens.control.value });
    const stop = stopSignal(() =>
      say('Escale s’arrête : les labos s’arrêtent aussi, vos données restent. Ctrl-C encore une fois pour forcer.'),
    );
    announce(listening, options.publicPort ?? listening.port, options.locked ? tokens.page.value : null);
    tellSteps(services.preparation.board, say);
    solo.begin();
    await stop;
    await end({ options, listening, folder, services, solo });
  } finally {
    services.close();
  }
}

function announce({ port, moved }: Listening, publicPort: number, token: string | null): void {
  if (moved) say(`Le port demandé est déjà pris : Escale prend le port ${port}.`);
  const url = `http://localhost:${publicPort}/${token === null ? '' : `#token=${token}`}`;
  say(`Escale est ouvert : ${url}`);
  process.send?.({ type: 'serving', url });
}

async function end({ options, listening, folder, services, solo }: Run & { listening: Listening; solo: Solo }): Promise<void> {
  removeServerFile(folder);
  services.preparation.close();
  await listening.close();
  await solo.end();
  if (options.keepLabs || !services.config.stopLabsOnExit) return;
  try {
    await services.labs.suspend(AbortSignal.timeout(SUSPEND_MS));
  } catch (error) {
    // Most likely there is no engine any more, so no lab runs either.
    services.log.warn({ err: error }, 'labs not stopped');
  }
}

/** Waits if another command has locked the state folder. */
async function takeLock(folder: StateFolder): Promise<StateLock> {
  const deadline = performance.now() + LOCK_MS;
  for (let told = false; ; told = true) {
    const lock = tryLockState(folder, 'serveur');
    if (lock !== null) return lock;
    if (performance.now() > deadline) throw stateBusy(folder);
    if (!told) say('Une commande d’Escale travaille encore sur ce dossier d’état ; le serveur attend sa fin.');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
