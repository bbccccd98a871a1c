import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { errors } from '../errors.ts';

const DEADLINE_MS = 30_000;

/** Reads and parses the body of a request: at most `maxBytes`, within 30 seconds. */
export async function readJson<T extends z.ZodType>(request: IncomingMessage, schema: T, maxBytes: number): Promise<z.output<T>> {
  const body = await readBody(request, maxBytes);
  return parseAs(schema, parseJson(body.toString('utf8')));
}

/** Throws `agent.off-schema`, naming the first wrong field. */
export function parseAs<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw errors.offSchema(issue === undefined ? 'forme inconnue' : `${issue.path.join('.') || '(racine)'} : ${issue.message}`);
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw errors.offSchema(cause instanceof Error ? cause.message : 'JSON illisible');
  }
}

async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  const timer = setTimeout(() => request.destroy(), DEADLINE_MS);
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
      size += bytes.length;
      if (size > maxBytes) throw errors.bodyTooLarge(maxBytes);
      chunks.push(bytes);
    }
  } finally {
    clearTimeout(timer);
  }
  return Buffer.concat(chunks);
}

const DRAIN_MS = 5000;

/** Discards the rest of a refused body, for a limited time: closing a connection with unread bytes may lose the reply. */
export function drain(request: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    if (request.complete || request.destroyed) return resolve();
    const timer = setTimeout(resolve, DRAIN_MS);
    request.once('close', () => clearTimeout(timer));
    request.once('close', resolve);
    request.once('end', resolve);
    request.resume();
  });
}
