import { existsSync, readFileSync, statSync } from 'node:fs';
import type { AgentConfig } from './config.ts';
import { errorCode } from './errors.ts';

export type LabUser = 'dataeng' | 'root';

const MACHINE_BYTES = 64 * 1024;
const SYSTEM_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * The environment of a login of that user, `/etc/environment` included. Of the agent's own environment it has only the proxies,
 * certificates and time zone.
 */
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

/**
 * The command line that runs `argv` as that user in the same process, with all the user's groups. The `uid` option of `spawn` would drop
 * supplementary groups such as `docker`.
 */
export function asUser(config: AgentConfig, user: LabUser, argv: readonly string[]): string[] {
  if (user === 'root' || process.getuid?.() === config.uid) return [...argv];
  const groups = [config.gid, ...memberships(config.user)].filter((gid, index, all) => all.indexOf(gid) === index);
  return ['/usr/bin/setpriv', '--reuid', `${config.uid}`, '--regid', `${config.gid}`, '--groups', groups.join(','), '--', ...argv];
}

/** Read at each use, since the learner may add a group. The learner can also edit the file, so lines that do not parse are ignored. */
function memberships(user: string): number[] {
  return readOrEmpty('/etc/group')
    .split('\n')
    .map((line) => line.split(':'))
    .filter(([, , gid, members]) => /^\d{1,9}$/.test(gid ?? '') && (members ?? '').split(',').includes(user))
    .map(([, , gid]) => Number(gid))
    .slice(0, 64);
}

/** The variables set in `/etc/environment`, one per line: `KEY=value` or `export KEY="value"`. Other lines are ignored. */
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
    // The learner may have replaced the file by a pipe, and reading it would never end.
    const found = statSync(path);
    return found.isFile() && found.size <= MACHINE_BYTES ? readFileSync(path, 'utf8') : '';
  } catch (error) {
    if (errorCode(error) === null) throw error;
    return '';
  }
}
