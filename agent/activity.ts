import { readdirSync, readFileSync } from 'node:fs';
import type { LabActivity } from '../contract/agent.ts';
import { errorCode } from './errors.ts';

const MAX_NAMES = 20;
const SUPERVISOR = 1;
/** The lab's engine, and what becomes it. */
const ENGINE = new Set(['dockerd', 'containerd', 'hold-socket']);

/** What runs in the lab besides the agent, an engine without containers, and shells at their prompt: containers, commands, programs left behind. */
export function labActivity(shells: ReadonlySet<number>): LabActivity {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const programs = pids.map(Number).flatMap((pid) => programOf(pid, shells) ?? []);
  return { running: [...new Set(programs)].slice(0, MAX_NAMES) };
}

function programOf(pid: number, shells: ReadonlySet<number>): string | null {
  if (pid === process.pid || pid === SUPERVISOR || shells.has(pid)) return null;
  const stat = readStat(pid);
  return stat === null || stat.state === 'Z' || ENGINE.has(stat.name) ? null : stat.name;
}

/** Null when the process has ended meanwhile. */
function readStat(pid: number): { name: string; state: string } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const end = text.lastIndexOf(')');
    return { name: text.slice(text.indexOf('(') + 1, end), state: text.charAt(end + 2) };
  } catch (error) {
    if (errorCode(error) === null) throw error;
    return null;
  }
}
