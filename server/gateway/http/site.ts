import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { EscaleError } from '../../errors/escale-error.ts';
import { sendError } from './error-handler.ts';

const UNBUILT = `<!doctype html><html lang="fr"><meta charset="utf-8"><title>Escale</title>
<p>Le site n’est pas encore construit. Lancez <code>npm run build</code>, puis rechargez la page.</p></html>`;

/** Serves the built site. Files with a content hash in their name are cached for ever; all others are revalidated each time. */
export async function serveSite(app: FastifyInstance, siteDir: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: siteDir,
    serveDotFiles: false,
    // Addresses typed by hand often lack the final slash.
    redirect: true,
    // The build writes a Brotli version beside each text file.
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const hashed = path.startsWith(join(siteDir, '_astro'));
      reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });

  // French is the only language so far.
  app.get('/fr/', (_request, reply) => reply.redirect('/'));

  app.setNotFoundHandler((request, reply) => {
    if (request.url.startsWith('/api/') || request.url.startsWith('/ws/') || (request.method !== 'GET' && request.method !== 'HEAD')) {
      return sendError(
        reply,
        new EscaleError('not-found', 'route.unknown', {
          message: 'Cette adresse n’existe pas.',
          hint: 'Rechargez la page : elle est peut-être d’une autre version d’Escale.',
        }),
      );
    }
    return reply.code(404).header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(notFoundPage(siteDir));
  });
}

function notFoundPage(siteDir: string): string {
  const page = join(siteDir, '404.html');
  return existsSync(page) ? readFileSync(page, 'utf8') : UNBUILT;
}
