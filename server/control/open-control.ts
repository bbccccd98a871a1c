import { setTimeout as sleep } from 'node:timers/promises';
import { type Environment, readEnvironment } from '../environment.ts';
import { EscaleError } from '../errors/escale-error.ts';
import { openServices } from '../services.ts';
import { readServerFile } from '../state/server-file.ts';
import { openStateFolder, type StateFolder } from '../state/state-folder.ts';
import { lockHolder, type StateLock, tryLockState } from '../state/state-lock.ts';
import type { Control } from './definitions.ts';
import { localControl } from './local-control.ts';
import { remoteControl } from './remote-control.ts';
import { ServerConnection } from './server-connection.ts';
import { tellSteps } from './tell-steps.ts';

export interface ControlOptions {
  /** Absolute path of the state folder. */
  readonly stateDir: string;
  /** Reports one line for people, on standard error: « une autre commande travaille »… */
  readonly onProgress?: (line: string) => void;
  readonly signal?: AbortSignal;
  readonly environment?: Environment;
}

/** Maximum time to wait for another command to end. */
const WAIT_MS = 60_000;
const POLL_MS = 200;

/**
 * The state folder's server if it runs, otherwise its services in this process, with the folder locked. Waits up to 60 s for another
 * command to end.
 */
export async function openControl({ stateDir, onProgress, signal, environment = readEnvironment() }: ControlOptions): Promise<Control> {
  const folder = openStateFolder(stateDir);
  const deadline = performance.now() + WAIT_MS;
  for (let told = false; ; ) {
    signal?.throwIfAborted();
    const server = await findServer(folder);
    if (server !== null) return remoteControl(server);
    const lock = tryLockState(folder, 'commande');
    if (lock !== null) return openLocal(folder, lock, { environment, onProgress, signal });
    if (performance.now() > deadline) throw stateBusy(folder);
    if (!told) onProgress?.('Une autre commande d’Escale travaille sur ce dossier d’état ; la suite attend sa fin.');
    told = true;
    await sleep(POLL_MS, undefined, signal === undefined ? {} : { signal });
  }
}

export function stateBusy(folder: StateFolder): EscaleError {
  const holder = lockHolder(folder);
  return new EscaleError('unavailable', 'state.busy', {
    message: `Le dossier d’état ${folder.dir} est déjà pris${holder === null ? '' : ` par Escale (${holder.purpose}, processus ${holder.pid})`}.`,
    hint: 'Attendez qu’il finisse ou arrêtez-le, ou prenez un autre dossier d’état par --state DOSSIER.',
  });
}

async function findServer(folder: StateFolder): Promise<ServerConnection | null> {
  const file = readServerFile(folder);
  if (file === null) return null;
  const connection = new ServerConnection(file);
  return (await connection.answers()) ? connection : null;
}

interface LocalOptions {
  readonly environment: Environment;
  readonly onProgress: ControlOptions['onProgress'] | undefined;
  readonly signal: AbortSignal | undefined;
}

function openLocal(folder: StateFolder, lock: StateLock, { environment, onProgress, signal }: LocalOptions): Control {
  const services = openServices({ folder, lock, environment });
  if (onProgress !== undefined) tellSteps(services.preparation.board, onProgress);
  return localControl(services, signal);
}
