import type { LabActivity } from '../contract/agent.ts';
import { processIds, processStat } from './processes.ts';

const MAX_NAMES = 20;
const SUPERVISOR = 1;
/** The lab's engine, and what becomes it. */
const ENGINE = new Set(['dockerd', 'containerd', 'hold-socket']);

/** What runs in the lab besides the agent, an engine without containers, and shells at their prompt: containers, commands, programs left behind. */
export function labActivity(shells: ReadonlySet<number>): LabActivity {
  const others = processIds().filter((pid) => pid !== process.pid && pid !== SUPERVISOR && !shells.has(pid));
  const programs = others.flatMap((pid) => programOf(pid) ?? []);
  return { running: [...new Set(programs)].slice(0, MAX_NAMES) };
}

function programOf(pid: number): string | null {
  const stat = processStat(pid);
  return stat === null || stat.state === 'Z' || ENGINE.has(stat.name) ? null : stat.name;
}
