import type { FastifyInstance, FastifyRequest } from 'fastify';
import { EscaleError } from '../errors/escale-error.ts';
import type { Token } from './tokens.ts';

/** The addresses, `host:port`, under which the site is served. Any other name is a name that somebody pointed at this machine. */
export function ownAuthorities(ports: readonly number[]): ReadonlySet<string> {
  const names = ['localhost', '127.0.0.1', '[::1]'];
  return new Set(ports.flatMap((port) => names.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]))));
}

/**
 * Checks every request before anything else of it is looked at. Host must be the site's own (a rebound name is refused);
 * what a browser says of the page that asks (Origin, Sec-Fetch-Site), where it says it, must be the site itself,
 * but for the plain visit of a page.
 */
export function guardRequests(app: FastifyInstance, authorities: () => ReadonlySet<string>): void {
  app.addHook('onRequest', async (request) => {
    const { host, origin, 'sec-fetch-site': site } = request.headers;
    if (host === undefined || !authorities().has(host.toLowerCase())) throw refused('request.host');
    if (!isGuarded(request)) return;
    if (origin !== undefined && origin !== `http://${host}`) throw refused('request.origin');
    if (site !== undefined && site !== 'same-origin' && site !== 'none') throw refused('request.site');
    if (request.headers.upgrade !== undefined && origin === undefined) throw refused('request.origin');
  });
}

/** For the one route that gives a secret without asking for one: the browser must vouch that the site's own page asks. */
export async function requireOwnPage(request: FastifyRequest): Promise<void> {
  if (request.headers.origin !== `http://${request.headers.host}`) throw refused('request.origin');
  if (request.headers['sec-fetch-site'] !== 'same-origin') throw refused('request.site');
}

export function requireToken(token: Token): (request: FastifyRequest) => Promise<void> {
  return async (request) => {
    if (!token.matchesHeader(request.headers.authorization)) {
      throw new EscaleError('unauthorized', 'session.unauthorized', {
        message: 'Cette demande ne porte pas le jeton de la session.',
        hint: 'Rechargez la page ; si elle a été ouverte avant un redémarrage d’Escale, son jeton ne vaut plus.',
      });
    }
  };
}

function isGuarded(request: FastifyRequest): boolean {
  const path = request.url.split('?', 1)[0] ?? '';
  return request.headers.upgrade !== undefined || path.startsWith('/api/') || path.startsWith('/ws/');
}

function refused(code: 'request.host' | 'request.origin' | 'request.site'): EscaleError {
  return new EscaleError('forbidden', code, {
    message: 'Cette demande ne vient pas de la page d’Escale : elle est refusée.',
    hint: 'Ouvrez Escale par l’adresse que le terminal affiche.',
  });
}
