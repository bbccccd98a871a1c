import { request as askPlainly } from 'node:http';
import { request as askSafely } from 'node:https';

const ASK_MS = 8000;

/** What an address answered: its own clock where it tells it, or why nothing came. */
export type SourceAnswer = { readonly dateMs: number | null } | { readonly refused: string };

/** Whatever the status: that something answers is what counts. Whether through a proxy or not is Node's to know (NODE_USE_ENV_PROXY). */
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
