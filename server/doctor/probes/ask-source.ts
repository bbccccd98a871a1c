import { request as askPlainly } from 'node:http';
import { request as askSafely } from 'node:https';

const ASK_MS = 8000;

/** The reply of an address: its clock, if it sends one, or the reason why there was no reply. */
export type SourceAnswer = { readonly dateMs: number | null } | { readonly refused: string };

/** Any status counts as a reply. Node decides whether to use a proxy (NODE_USE_ENV_PROXY). */
export function askSource(url: string): Promise<SourceAnswer> {
  return new Promise((resolve) => {
    const send = url.startsWith('https:') ? askSafely : askPlainly;
    const asked = send(url, { signal: AbortSignal.timeout(ASK_MS) }, (response) => {
      response.resume();
      const date = Date.parse(response.headers.date ?? '');
      resolve({ dateMs: Number.isNaN(date) ? null : date });
    });
    asked.on('error', (error) => {
      const late = error.name === 'AbortError' || error.name === 'TimeoutError';
      resolve({ refused: late ? `pas de réponse en ${ASK_MS / 1000} s` : error.message });
    });
    asked.end();
  });
}
