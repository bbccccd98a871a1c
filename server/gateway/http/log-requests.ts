import type { FastifyInstance } from 'fastify';

/** Logs one line per request. Requests for static files are logged at debug level only. */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const line = { req: request, status: reply.statusCode, tookMs: Math.round(reply.elapsedTime) };
    if (request.url.startsWith('/api/') || request.url.startsWith('/ws/')) request.log.info(line, 'request');
    else request.log.debug(line, 'request');
  });
}
