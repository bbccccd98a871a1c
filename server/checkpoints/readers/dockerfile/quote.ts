import type { Evidence, Where } from '../../../../contract/verdict.ts';
import type { Instruction } from './model.ts';
import { DOCKERFILE } from './read-dockerfile.ts';

/** The place of an instruction. */
export function at(instruction: Instruction | null | undefined): Where {
  return instruction ? { file: instruction.file, line: instruction.line } : { file: DOCKERFILE };
}

/** Lines of the Dockerfile with their numbers, as evidence. */
export function quote(source: string, first: number, last = first): Evidence {
  const lines = source.split(/\r?\n/).slice(first - 1, last);
  return { source: DOCKERFILE, text: lines.map((line, index) => `${String(first + index).padStart(3)}  ${line}`).join('\n') };
}

/** The instruction as written, on one line. */
export function written(instruction: Instruction): string {
  const flags = [...instruction.flags].map(([name, value]) => `--${name}${value ? `=${value}` : ''} `).join('');
  return `${instruction.keyword} ${flags}${instruction.text.replace(/\s+/g, ' ')}`;
}
