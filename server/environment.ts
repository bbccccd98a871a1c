import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** All that Escale's server takes from the environment. No other file of `server/` reads `process.env`. */
export interface Environment {
  /** Absolute path of the state folder: `ESCALE_STATE`, else `escale` in the user's data directory. */
  readonly stateDir: string;
  /** `ESCALE_SETUP=never`: nothing is installed on this host. */
  readonly setup: 'auto' | 'never';
  readonly dockerHost: string | null;
  readonly home: string;
  /** `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`, upper case, only those that are set. */
  readonly proxy: Readonly<Record<string, string>>;
  /** Files of CA certificates the host trusts besides its system bundle. */
  readonly caFiles: readonly string[];
}

const PROXY_VARIABLES = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'] as const;

export function readEnvironment(env: NodeJS.ProcessEnv = process.env): Environment {
  const home = env.HOME || homedir();
  const data = env.XDG_DATA_HOME || join(home, '.local', 'share');
  return {
    stateDir: resolve(env.ESCALE_STATE || join(data, 'escale')),
    setup: env.ESCALE_SETUP === 'never' ? 'never' : 'auto',
    dockerHost: env.DOCKER_HOST || null,
    home,
    proxy: Object.fromEntries(
      PROXY_VARIABLES.flatMap((name) => {
        const value = env[name] || env[name.toLowerCase()];
        return value ? [[name, value]] : [];
      }),
    ),
    caFiles: [env.NODE_EXTRA_CA_CERTS, env.SSL_CERT_FILE].flatMap((file) => (file ? [file] : [])),
  };
}
