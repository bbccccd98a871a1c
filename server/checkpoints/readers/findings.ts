import type { Evidence, Remark, Where } from '../../../contract/verdict.ts';

export function remark(code: string, text: string, where: Where = {}): Remark {
  return { code, text, where };
}

export function evidence(source: string, text: string): Evidence {
  return { source, text };
}
