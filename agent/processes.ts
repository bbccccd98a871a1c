import { readdirSync, readFileSync } from 'node:fs';
import { errorCode } from './errors.ts';

/** What the system tells of a process: proc(5), `/proc/<pid>/stat`. */
export interface ProcessStat {
  readonly name: string;
  /** One letter; Z: it has ended and waits to be reaped. */
  readonly state: string;
  readonly group: number;
  readonly session: number;
  /** The group in the foreground of its terminal; not positive where there is none. */
  readonly foreground: number;
}

/** The ids of all processes. */
export function processIds(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** Null when the process has ended. */
export function processStat(pid: number): ProcessStat | null {
  const text = readProcess(pid, 'stat');
  if (text === null) return null;
  // The name may hold blanks and brackets.
  const end = text.lastIndexOf(')');
  const [state = '', , group, session, , foreground] = text.slice(end + 2).split(' ');
  const name = text.slice(text.indexOf('(') + 1, end);
  return { name, state, group: Number(group), session: Number(session), foreground: Number(foreground) };
}

/** A file of a process; null when the process has ended. */
export function readProcess(pid: number, file: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch (error) {
    if (errorCode(error) === null) throw error;
    return null;
  }
}
