import { z } from 'zod';
import type { FileProblem } from '../../contract/files.ts';
import { HADOLINT_RULES } from './hadolint-rules.ts';

const SEVERITIES = { error: 'error', warning: 'warning', info: 'info', style: 'info' } as const;
const MESSAGE = 600;

const findingsSchema = z.array(
  z.object({
    code: z.string().max(40),
    line: z.number().int(),
    column: z.number().int(),
    level: z.enum(['error', 'warning', 'info', 'style']),
    message: z.string(),
  }),
);

/** Parses the output of `hadolint --format json`; null if it is something else. */
export function hadolintProblems(output: string): FileProblem[] | null {
  const findings = findingsSchema.safeParse(parseOrNull(output));
  if (!findings.success) return null;
  return findings.data.map(({ code, line, column, level, message }) => ({
    line: within(line),
    column: within(column),
    severity: SEVERITIES[level],
    code,
    message: (Object.hasOwn(HADOLINT_RULES, code) ? HADOLINT_RULES[code] : undefined) ?? (message.trim().slice(0, MESSAGE) || code),
  }));
}

function within(position: number): number {
  return Math.min(Math.max(position, 1), 1_000_000);
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
