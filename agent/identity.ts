import { existsSync, readFileSync, statSync } from 'node:fs';
import type { AgentConfig } from './config.ts';
import { errorCode } from './errors.ts';

export type LabUser = 'dataeng' | 'root';

const MACHINE_BYTES = 64 * 1024;
const SYSTEM_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** What a login of that user has in its environment, `/etc/environment` included, and nothing of the agent's own but the way out (proxies, certificates). */
export function loginEnvironment(config: AgentConfig, user: LabUser): Record<string, string> {
  const name = user === 'root' ? 'root' : config.user;
  const home = user === 'root' ? '/root' : config.home;
  const runtime = `/run/user/${user === 'root' ? 0 : config.uid}`;
  return {
    LANG: 'C.UTF-8',
    PATH: user === 'root' ? SYSTEM_PATH : `${home}/.local/bin:${SYSTEM_PATH}`,
    ...config.passedOn,
    ...machineEnvironment(readOrEmpty('/etc/environment')),
    HOME: home,
    USER: name,
    LOGNAME: name,
    SHELL: '/bin/bash',
    ...(existsSync(runtime) ? { XDG_RUNTIME_DIR: runtime } : {}),
  };
}

/** The command line that runs `argv` as that user, in place: same process, with all of its groups. `spawn`'s own uid option would drop `docker`. */
export function asUser(config: AgentConfig, user: LabUser, argv: readonly string[]): string[] {
  if (user === 'root' || process.getuid?.() === config.uid) return [...argv];
  const groups = [config.gid, ...memberships(config.user)].filter((gid, index, all) => all.indexOf(gid) === index);
  return ['/usr/bin/setpriv', '--reuid', `${config.uid}`, '--regid', `${config.gid}`, '--groups', groups.join(','), '--', ...argv];
}

/** Read at each use: the learner may add a group. The file is theirs, so anything unreadable in it counts for nothing. */
function memberships(user: string): number[] {
  return readOrEmpty('/etc/group')
    .split('\n')
    .map((line) => line.split(':'))
    .filter(([, , gid, members]) => /^\d{1,9}$/.test(gid ?? '') && (members ?? '').split(',').includes(user))
    .map(([, , gid]) => Number(gid))
    .slice(0, 64);
}

/** The variables that `/etc/environment` sets: `KEY=value` or `export KEY="value"`, a line each; all else is passed over. */
export function machineEnvironment(text: string): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const line of text.split('\n')) {
    const [, key, value = ''] = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)=([^\0]*)$/.exec(line) ?? [];
    if (key !== undefined) variables[key] = value.trim().replace(/^(["'])(.*)\1$/, '$2');
  }
  return variables;
}

function readOrEmpty(path: string): string {
  try {
    // The learner may have put a pipe there, which would never end.
    const found = statSync(path);
    return found.isFile() && found.size <= MACHINE_BYTES ? readFileSync(path, 'utf8') : '';
  } catch (error) {
    if (errorCode(error) === null) throw error;
    return '';
  }
}
