import type { Diagnosis, Evidence, Remark, Where } from '../../../contract/verdict.ts';
import type { Finding } from '../definitions.ts';

interface Seen {
  readonly evidence?: readonly Evidence[];
  readonly remarks?: readonly Remark[];
}

export function met(seen: Seen = {}): Finding {
  return { verdict: 'met', ...seen };
}

export function notMet(code: string, diagnosis: Omit<Diagnosis, 'code'>, seen: Seen = {}): Finding {
  return { verdict: 'not-met', diagnosis: { code, ...diagnosis }, ...seen };
}

/** `code` begins with `wait.` or `blocked.`: what could not be looked at here, for a reason that the work gives. */
export function cannotTell(code: `${'wait' | 'blocked'}.${string}`, diagnosis: Omit<Diagnosis, 'code'>): Finding {
  return { verdict: 'cannot-tell', diagnosis: { code, ...diagnosis } };
}

export function remark(code: string, text: string, where: Where = {}): Remark {
  return { code, text, where };
}

export function evidence(source: string, text: string): Evidence {
  return { source, text };
}
