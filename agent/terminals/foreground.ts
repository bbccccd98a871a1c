import { processIds, processStat, readProcess } from '../processes.ts';

/** The name of the program in the foreground of a shell's terminal; empty at the prompt. */
export function foregroundOf(shell: number): string {
  const stat = processStat(shell);
  if (stat === null || stat.foreground === stat.group || stat.foreground <= 0) return '';
  return readProcess(stat.foreground, 'comm')?.trim() || childIn(shell, stat.foreground) || '?';
}

/** The ids of all processes in the session that a shell leads. */
export function sessionOf(shell: number): number[] {
  return processIds().filter((pid) => processStat(pid)?.session === shell);
}

/** The first program of a pipeline may have ended; then another process of its group gives the name. */
function childIn(shell: number, group: number): string | null {
  const children = (readProcess(shell, `task/${shell}/children`) ?? '').split(' ').map(Number);
  const found = children.find((pid) => pid > 0 && processStat(pid)?.group === group);
  return found === undefined ? null : (readProcess(found, 'comm')?.trim() ?? null);
}
