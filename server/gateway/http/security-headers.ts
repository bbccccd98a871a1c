import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';

/** The script that each page contains. Every other one is a file of the site. */
const INLINE = 'boot.js';

/** `inline`: the hash of the inline script. The search compiles WebAssembly served by the site; scripts are never created from text. */
const policy = (inline: string): string =>
  ["default-src 'none'", `script-src 'self' 'wasm-unsafe-eval'${inline}`, ...OTHER_SOURCES].join('; ');

const OTHER_SOURCES = [
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
];

const HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const;

/** Sets the headers on every reply, refusals included. */
export function addSecurityHeaders(app: FastifyInstance, siteDir: string): void {
  const inline = hashOf(join(siteDir, INLINE));
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers({ 'content-security-policy': policy(inline()), ...HEADERS });
  });
}

/** The hash of a file as a source of the policy, after a blank; empty where there is no such file. Read again when the file has changed. */
function hashOf(file: string): () => string {
  let changedMs = 0;
  let source = '';
  return () => {
    const mtimeMs = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (mtimeMs !== changedMs)
      source = mtimeMs === 0 ? '' : ` 'sha256-${createHash('sha256').update(readFileSync(file)).digest('base64')}'`;
    changedMs = mtimeMs;
    return source;
  };
}
