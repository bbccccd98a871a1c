import type { FastifyInstance } from 'fastify';

/** One line for each request to a program; the files of the site are told to whoever debugs only. */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const line = { req: request, status: reply.statusCode, tookMs: Math.round(reply.elapsedTime) };
    if (request.url.startsWith('/api/') || request.url.startsWith('/ws/')) request.log.info(line, 'request');
    else request.log.debug(line, 'request');
  });
}
