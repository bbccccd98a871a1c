import type { FastifyInstance } from 'fastify';
import { type SetupStatus, sessionSchema, setupStatusSchema } from '../../../contract/workspace.ts';
import { EscaleError } from '../../errors/escale-error.ts';
import { requireOwnPage } from '../door.ts';
import type { Tokens } from '../tokens.ts';
import type { ZodProvider } from './zod-provider.ts';

/** What a page may ask before it has a token. */
export function sessionRoutes(app: FastifyInstance, { tokens, setup }: { tokens: Tokens; setup: () => SetupStatus }): void {
  const routes = app.withTypeProvider<ZodProvider>();

  routes.post('/api/session', { onRequest: requireOwnPage, schema: { response: { 200: sessionSchema } } }, async (_request, reply) => {
    if (tokens.locked) {
      throw new EscaleError('unauthorized', 'session.locked', {
        message: 'Escale est verrouillé : cette adresse ne suffit pas.',
        hint: 'Ouvrez l’adresse complète que le terminal affiche, celle qui se termine par #token=…',
      });
    }
    return reply.header('cache-control', 'no-store').send({ token: tokens.page.value });
  });

  routes.get('/api/setup', { schema: { response: { 200: setupStatusSchema } } }, async (_request, reply) => {
    return reply.header('cache-control', 'no-store').send(setup());
  });
}
