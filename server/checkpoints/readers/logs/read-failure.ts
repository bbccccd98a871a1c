import type { Where } from '../../../../contract/verdict.ts';

/** Lines that stand around a cause and are not it. */
const AROUND = /^(\s|Traceback |During handling|The above exception|\(Background on this error|\[SQL:|\[parameters:|$)/;
const EXCEPTION = /^(?:[\w.]+\.)?\w*(?:Error|Exception|Exit|Interrupt|Warning|Refused|Timeout|NotFound)\b.*$/;
const ERROR_WORD = /error|erreur|[ée]chou|[ée]chec|fail|exception|traceback|critical|impossible|refus|timed? ?out|d[ée]lai|\b[45]\d\d\b/i;
const UNREACHED =
  /could not translate host name|Name or service not known|Temporary failure in name resolution|Connection refused|password authentication failed|no password supplied|role "[^"]*" does not exist|database "[^"]*" does not exist|No route to host|could not connect to server|connection to server at/i;

export function causeOf(log: string): string {
  const lines = log
    .trimEnd()
    .split('\n')
    .filter((line) => line.trim() !== '');
  const last = (test: (line: string) => boolean) => lines.findLast((line) => !AROUND.test(line) && test(line));
  const cause = last((line) => EXCEPTION.test(line)) ?? last((line) => ERROR_WORD.test(line)) ?? last(() => true) ?? '';
  return cause.trim().slice(0, 500);
}

/** Whether a log speaks of a failure at all. */
export function tellsFailure(log: string): boolean {
  return ERROR_WORD.test(log);
}

/** Whether a program failed for want of its database. */
export function missedDatabase(log: string): boolean {
  return UNREACHED.test(log) && !/HTTPConnectionPool|requests\.exceptions|urllib3/.test(causeOf(log));
}

/** The last place of a traceback that is in the project. `files`: the project's own, relative. */
export function placeOfFailure(log: string, files: readonly string[]): Where {
  const frames = [...log.matchAll(/^\s+File "([^"]+)", line (\d+)/gm)].reverse();
  for (const [, path = '', line] of frames) {
    const file = files.find((name) => path === name || path.endsWith(`/${name}`));
    if (file !== undefined && !path.includes('/site-packages/')) return { file, line: Number(line) };
  }
  return {};
}
