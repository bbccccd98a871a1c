/** A log's word for a failure; « 0 errors » and a retry that is only warned of are none. */
const FAILURE = /Traceback \(most recent call last\)|(^|[^\w.])(ERROR|CRITICAL|FATAL|ERREUR|ÉCHEC)([^\w]|$)|^\w*(Error|Exception): /;
const NONE = /\b(0|no|aucune?|sans) (error|erreur|échec)/i;

export interface Failure {
  /** The line that tells it. */
  readonly text: string;
  /** What comes after it goes well: a retry, or a step that was taken again. */
  readonly overcome: boolean;
}

/** The last failure that a log tells, or null. */
export function failureIn(log: string): Failure | null {
  const lines = log.split('\n').filter((line) => line.trim() !== '');
  const last = lines.findLastIndex((line) => FAILURE.test(line) && !NONE.test(line));
  if (last < 0) return null;
  const after = lines.slice(last + 1).filter((line) => /\b(INFO|SUCCESS|info)\b|✅/.test(line));
  return { text: (lines[last] ?? '').trim().slice(0, 300), overcome: after.length > 0 };
}

/** The line of a Python failure that says its cause: the last « SomeError: … », not what SQLAlchemy adds below. */
export function lastException(log: string): string {
  const lines = log.split('\n').map((line) => line.trim());
  const found = lines.findLast(
    (line) => /^([\w.]+\.)?\w*(Error|Exception|Interrupt|Exit|Warning)\b(:|$)/.test(line) && !/^\(Background/.test(line),
  );
  return (found ?? lines.findLast((line) => line !== '' && !line.startsWith('(Background')) ?? '').slice(0, 400);
}

/** The last traceback of a log, from the first of those that caused it. */
export function lastChain(log: string): string {
  const parts = log.split(/^(?=.*Traceback \(most recent call last\):)/m);
  let at = parts.length - 1;
  while (at > 1 && /(direct cause of the following exception|another exception occurred):\s*$/.test((parts[at - 1] ?? '').trimEnd()))
    at -= 1;
  return parts.slice(at).join('');
}
