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

export function remark(code: string, text: string, where: Where = {}): Remark {
  return { code, text, where };
}

export function evidence(source: string, text: string): Evidence {
  return { source, text };
}
