import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { EscaleError } from './errors/escale-error.ts';

/**
 * The server's own settings from the environment. Settings for builds and labs (proxy, certificates, package indexes) are read in
 * `images/host`.
 */
export interface Environment {
  /** Absolute path of the state folder: `ESCALE_STATE`, else `escale` in the user's data directory. */
  readonly stateDir: string;
  /** Whether `ESCALE_STATE` is set, and the folder is not the default. */
  readonly stateNamed: boolean;
  /** `ESCALE_SETUP=never`: nothing is installed on this host. */
  readonly setup: 'auto' | 'never';
  readonly dockerHost: string | null;
  readonly home: string;
  readonly runtimeDir: string | null;
}

/** Throws `environment.setup` where a variable says what Escale does not know. */
export function readEnvironment(env: NodeJS.ProcessEnv = process.env): Environment {
  const home = env.HOME || homedir();
  const data = env.XDG_DATA_HOME || join(home, '.local', 'share');
  return {
    stateDir: resolve(env.ESCALE_STATE || join(data, 'escale')),
    stateNamed: Boolean(env.ESCALE_STATE),
    setup: setupMode(env.ESCALE_SETUP || 'auto'),
    dockerHost: env.DOCKER_HOST || null,
    home,
    runtimeDir: env.XDG_RUNTIME_DIR || null,
  };
}

function setupMode(said: string): Environment['setup'] {
  if (said === 'auto' || said === 'never') return said;
  throw new EscaleError('usage', 'environment.setup', {
    message: `La variable ESCALE_SETUP vaut « ${said} », qu’Escale ne connaît pas. Valeurs possibles : « auto » ou « never ».`,
    hint: 'Donnez-lui l’une des deux, ou retirez-la (« unset ESCALE_SETUP »), ce qui vaut « auto ».',
  });
}
