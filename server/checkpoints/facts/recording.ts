import { z } from 'zod';
import { createValueMask } from '../mask.ts';
import { ASKED_VERSION, type Facts } from './facts.ts';

/** What one play in a lab gave its readers, kept so that its criteria can be judged again without a lab. */
export const recordingSchema = z.strictObject({
  /** Of the questions and their answers: another version is stale. */
  version: z.number(),
  /** Digest of what was played: project and commands. */
  played: z.string(),
  facts: z.record(z.string(), z.unknown()),
});

export type Recording = z.infer<typeof recordingSchema>;

/**
 * Secrets are masked, but for those that stand in the play's own files, which are no secrets. `known`: facts that whoever
 * judges the recording has without it, the play's files; those that are the same are left out.
 */
export function toRecording(facts: Facts, secrets: readonly string[], played: string, known: Facts): Recording {
  const open = Object.values(known).join('\n');
  const mask = createValueMask(secrets, (secret) => open.includes(secret));
  const kept = Object.entries(facts).filter(([key, value]) => known[key] !== value);
  return { version: ASKED_VERSION, played, facts: Object.fromEntries(kept.map(([key, value]) => [key, masked(value, mask)])) };
}

/** One fact a line, in the order of their names, so that a change is seen as one. */
export function printRecording({ version, played, facts }: Recording): string {
  const lines = Object.entries(facts)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `    ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  return `{\n  "version": ${version},\n  "played": ${JSON.stringify(played)},\n  "facts": {\n${lines.join(',\n')}\n  }\n}\n`;
}

function masked(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === 'string') return mask(value);
  if (Array.isArray(value)) return value.map((one) => masked(one, mask));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, masked(one, mask)]));
}
