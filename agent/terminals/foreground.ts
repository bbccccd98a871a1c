import { readFileSync } from 'node:fs';
import { errorCode } from '../errors.ts';

/** The name of the program in the foreground of a shell's terminal; empty at the prompt. */
export function foregroundOf(shell: number): string {
  const stat = statOf(shell);
  if (stat === null || stat.foreground === stat.group || stat.foreground <= 0) return '';
  return read(`/proc/${stat.foreground}/comm`)?.trim() || childIn(shell, stat.foreground) || '?';
}

/** The ids of all processes in the session that a shell leads. `pids`: the ids of all processes. */
export function sessionOf(shell: number, pids: readonly number[]): number[] {
  return pids.filter((pid) => statOf(pid)?.session === shell);
}

/** The first program of a pipeline may have ended; then another process of its group gives the name. */
function childIn(shell: number, group: number): string | null {
  const children = (read(`/proc/${shell}/task/${shell}/children`) ?? '').split(' ').map(Number);
  const found = children.find((pid) => pid > 0 && statOf(pid)?.group === group);
  return found === undefined ? null : (read(`/proc/${found}/comm`)?.trim() ?? null);
}

function statOf(pid: number): { group: number; session: number; foreground: number } | null {
  const text = read(`/proc/${pid}/stat`);
  if (text === null) return null;
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [, , group = 0, session = 0, , foreground = 0] = fields;
  return { group, session, foreground };
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === null) throw error;
    return null;
  }
}
