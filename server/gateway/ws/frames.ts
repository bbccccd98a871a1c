import type { RawData } from 'ws';
import type { z } from 'zod';

/** Parses a text frame; null when it is too large, not JSON, or does not match the schema. */
export function parseFrame<T extends z.ZodType>(data: RawData, schema: T, maxBytes: number): z.output<T> | null {
  const bytes = toBuffer(data);
  if (bytes.length > maxBytes) return null;
  try {
    const parsed = schema.safeParse(JSON.parse(bytes.toString('utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    // Not JSON, so it does not match the schema.
    return null;
  }
}

export function toBuffer(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}
