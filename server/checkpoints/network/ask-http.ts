import { converse } from './converse.ts';
import type { Address, Dialer, HttpReply, HttpRequest, Outcome } from './definitions.ts';
import { exchange } from './http-exchange.ts';
import { NoAnswer } from './no-answer.ts';

const TIMEOUT_MS = 10_000;
const IDLE_MS = 5000;
const BODY_BYTES = 1024 * 1024;
const REDIRECTS = 5;
/** After these a `POST` is asked again as a `GET`; after 307 and 308 as it was. */
const AS_GET = [301, 302, 303];

/** Asks an HTTP server. Whatever it answers, nothing but this address is connected to. */
export function askHttp(dialer: Dialer, at: Address, request: HttpRequest, signal: AbortSignal): Promise<Outcome<HttpReply>> {
  const { redirects = REDIRECTS, maxBytes = BODY_BYTES, timeoutMs = TIMEOUT_MS, idleMs = IDLE_MS } = request;
  return converse({ dialer, at, timeoutMs, signal }, async (connect, over) => {
    const base = URL.parse(`http://${request.host}`) ?? new URL('http://service');
    let { method = 'GET', path, body } = request;
    for (let followed = 0; ; followed++) {
      const headers = headersOf(request, body);
      const reply = await exchange(await connect(), { method, path, headers }, body, { maxBytes, idleMs }, over);
      const next = redirects > 0 ? redirected(reply, path, base) : null;
      if (next === null) return { ...reply, path };
      if (followed === redirects) throw new NoAnswer('refused', `il redirige sans fin : ${redirects} fois, puis vers \`${next}\``);
      if (AS_GET.includes(reply.status) && method !== 'HEAD') [method, body] = ['GET', undefined];
      path = next;
    }
  });
}

function headersOf({ host, auth, headers = {} }: HttpRequest, body: string | undefined): Record<string, string> {
  return {
    host: host.replace(/:80$/, ''),
    accept: '*/*',
    'accept-encoding': 'identity',
    'user-agent': 'escale',
    ...(auth === undefined ? {} : { authorization: `Basic ${Buffer.from(`${auth.user ?? ''}:${auth.password}`).toString('base64')}` }),
    ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
    ...headers,
  };
}

/** The path on the same server that an answer sends to; null where it sends nowhere or elsewhere. */
function redirected({ status, headers }: Omit<HttpReply, 'path'>, path: string, base: URL): string | null {
  if (![...AS_GET, 307, 308].includes(status) || headers.location === undefined) return null;
  const to = URL.parse(headers.location, new URL(path, base));
  return to !== null && to.origin === base.origin ? `${to.pathname}${to.search}` : null;
}
