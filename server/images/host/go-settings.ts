import { homedir } from 'node:os';
import { join } from 'node:path';
import { hasCredentials, readTextOrNull } from './text-files.ts';

/** What decides from where Go takes modules, and which of them it checks against the public checksums. */
const NAMES = ['GOPROXY', 'GOSUMDB', 'GOPRIVATE', 'GONOPROXY', 'GONOSUMDB', 'GOINSECURE'] as const;

/** The variables of Go's own file, `NAME=value` a line. */
export function parseGoEnvironment(text: string): Record<string, string> {
  const pairs = text.split(/\r?\n/).flatMap((line) => {
    const pair = /^(\w+)=(.*)$/.exec(line);
    return pair?.[1] === undefined || pair[2] === undefined ? [] : [[pair[1], pair[2]] as const];
  });
  return Object.fromEntries(pairs);
}

/**
 * The variables with which this machine's Go reaches modules, as far as they are set: in the environment, or else in Go's own file.
 * Proxies with a password are left out of `GOPROXY`.
 */
export async function readGoVariables(env: NodeJS.ProcessEnv): Promise<Record<string, string>> {
  const file = env.GOENV ?? join(configFolder(env), 'go', 'env');
  const kept = file === 'off' ? {} : parseGoEnvironment((await readTextOrNull(file)) ?? '');
  const found: Record<string, string> = {};
  for (const name of NAMES) {
    const value = env[name] || kept[name];
    const usable = name === 'GOPROXY' && value ? withoutCredentials(value) : value;
    if (usable) found[name] = usable;
  }
  return found;
}

/** `|` and `,` say when the next proxy of the list is asked. */
function withoutCredentials(proxies: string): string {
  return (proxies.match(/[^,|]+[,|]?/g) ?? [])
    .filter((proxy) => !hasCredentials(proxy.replace(/[,|]$/, '')))
    .join('')
    .replace(/[,|]$/, '');
}

function configFolder(env: NodeJS.ProcessEnv): string {
  if (process.platform === 'darwin') return join(homedir(), 'Library/Application Support');
  return env.XDG_CONFIG_HOME ?? join(homedir(), '.config');
}
