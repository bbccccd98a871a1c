import { existsSync, readFileSync } from 'node:fs';
import type { AgentConfig } from './config.ts';
import { errorCode } from './errors.ts';

export type LabUser = 'dataeng' | 'root';

const SYSTEM_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** What a login shell of that user has in its environment, and nothing of the agent's own but the way out (proxies, certificates). */
export function loginEnvironment(config: AgentConfig, user: LabUser): Record<string, string> {
  const name = user === 'root' ? 'root' : config.user;
  const home = user === 'root' ? '/root' : config.home;
  const runtime = `/run/user/${user === 'root' ? 0 : config.uid}`;
  return {
    ...config.passedOn,
    HOME: home,
    USER: name,
    LOGNAME: name,
    SHELL: '/bin/bash',
    LANG: 'C.UTF-8',
    PATH: user === 'root' ? SYSTEM_PATH : `${home}/.local/bin:${SYSTEM_PATH}`,
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
  let text = '';
  try {
    text = readFileSync('/etc/group', 'utf8');
  } catch (error) {
    if (errorCode(error) === null) throw error;
  }
  return text
    .split('\n')
    .map((line) => line.split(':'))
    .filter(([, , gid, members]) => /^\d{1,9}$/.test(gid ?? '') && (members ?? '').split(',').includes(user))
    .map(([, , gid]) => Number(gid))
    .slice(0, 64);
}
