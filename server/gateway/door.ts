import type { FastifyInstance, FastifyRequest } from 'fastify';
import { EscaleError } from '../errors/escale-error.ts';
import { holderOf, markLearner } from './learners.ts';
import type { Token } from './tokens.ts';

/** The `host:port` names under which the site is served. Any other name was pointed at this machine by somebody else. */
export function ownAuthorities(ports: readonly number[]): ReadonlySet<string> {
  const names = ['localhost', '127.0.0.1', '[::1]'];
  return new Set(ports.flatMap((port) => names.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]))));
}

/**
 * Checks every request before anything else. Host must be one of the site's own, so that a rebound DNS name is refused. Origin and
 * Sec-Fetch-Site, where the browser sends them, must be the site itself; plain navigation to a page is exempt.
 */
export function guardDoor(app: FastifyInstance, authorities: () => ReadonlySet<string>): void {
  app.addHook('onRequest', async (request) => {
    const { host, origin, 'sec-fetch-site': site } = request.headers;
    if (host === undefined || !authorities().has(host.toLowerCase())) throw refused('door.host');
    if (!isGuarded(request)) return;
    if (origin !== undefined && origin !== `http://${host}`) throw refused('door.origin');
    if (site !== undefined && site !== 'same-origin' && site !== 'none') throw refused('door.site');
    if (request.headers.upgrade !== undefined && origin === undefined) throw refused('door.origin');
  });
}

/** For the one route that returns a secret without a token: the browser must state that the request comes from the site's own page. */
export async function requireOwnPage(request: FastifyRequest): Promise<void> {
  if (request.headers.origin !== `http://${request.headers.host}`) throw refused('door.origin');
  if (request.headers['sec-fetch-site'] !== 'same-origin') throw refused('door.site');
}

/** The learner who holds the token is known from here on. */
export function requireToken(token: Token): (request: FastifyRequest) => Promise<void> {
  return async (request) => {
    const learner = holderOf(token, bearer(request));
    if (learner === null) {
      throw new EscaleError('unauthorized', 'session.unauthorized', {
        message: 'Cette demande ne porte pas le jeton de la session.',
        hint: 'Rechargez la page ; si elle a été ouverte avant un redémarrage d’Escale, son jeton ne vaut plus.',
      });
    }
    markLearner(request, learner);
  };
}

/** What follows `authorization: Bearer `; empty, which no token is, where there is none. */
function bearer(request: FastifyRequest): string {
  return /^Bearer (.*)$/s.exec(request.headers.authorization ?? '')?.[1] ?? '';
}

function isGuarded(request: FastifyRequest): boolean {
  const path = request.url.split('?', 1)[0] ?? '';
  return request.headers.upgrade !== undefined || path.startsWith('/api/') || path.startsWith('/ws/');
}

function refused(code: 'door.host' | 'door.origin' | 'door.site'): EscaleError {
  return new EscaleError('forbidden', code, {
    message: 'Cette demande ne vient pas de la page d’Escale : elle est refusée.',
    hint: 'Ouvrez Escale par l’adresse que le terminal affiche.',
  });
}
