import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { labIdSchema, labStartedSchema, labStatusSchema } from '../../../contract/lab.ts';
import { checkReportSchema } from '../../../contract/verdict.ts';
import { workshopRequestSchema, workshopStatusSchema } from '../../../contract/workshop.ts';
import {
  checkRequestSchema,
  labEndpointAnswerSchema,
  resetReportSchema,
  serverInfoSchema,
  startRequestSchema,
} from '../../control/protocol.ts';
import type { LabControl } from '../../labs/service/definitions.ts';
import type { LabAccess } from '../../labs/service/lab-access.ts';
import type { Workshops } from '../../workshop/workshop-service.ts';
import { learnerOf } from '../learners.ts';
import { requireToken } from '../request-guard.ts';
import type { Tokens } from '../tokens.ts';
import type { ZodProvider } from './zod-provider.ts';

export interface ControlRoutesOptions {
  readonly tokens: Tokens;
  readonly labs: LabControl & { access(lab: string): Promise<LabAccess> };
  readonly workshops: Workshops;
}

const params = z.object({ lab: labIdSchema });

/** The routes for the command line. When a client disconnects, the work that its request started is aborted. */
export function controlRoutes(app: FastifyInstance, { tokens, labs, workshops }: ControlRoutesOptions): void {
  const routes = app.withTypeProvider<ZodProvider>();
  const onRequest = requireToken(tokens.control);

  routes.get('/api/server', { onRequest, schema: { response: { 200: serverInfoSchema } } }, async () => ({ pid: process.pid }));

  routes.get('/api/labs', { onRequest, schema: { response: { 200: z.array(labStatusSchema) } } }, async () => labs.list());

  routes.post(
    '/api/labs',
    { onRequest, schema: { body: startRequestSchema, response: { 200: labStartedSchema } } },
    async (request, reply) =>
      labs.start({ ...(request.body.lab === undefined ? {} : { lab: request.body.lab }), signal: closedSignal(reply) }),
  );

  routes.get('/api/labs/:lab', { onRequest, schema: { params, response: { 200: labStatusSchema } } }, async (request) =>
    labs.status(request.params.lab),
  );

  routes.post('/api/labs/:lab/stop', { onRequest, schema: { params, response: { 200: labStatusSchema } } }, async (request, reply) =>
    labs.stop(request.params.lab, closedSignal(reply)),
  );

  routes.post('/api/labs/:lab/reset', { onRequest, schema: { params, response: { 200: resetReportSchema } } }, async (request, reply) =>
    labs.reset(request.params.lab, closedSignal(reply)),
  );

  routes.delete('/api/labs/:lab', { onRequest, schema: { params } }, async (request, reply) => {
    await labs.remove(request.params.lab, closedSignal(reply));
    return reply.code(204).send();
  });

  routes.get('/api/labs/:lab/endpoint', { onRequest, schema: { params, response: { 200: labEndpointAnswerSchema } } }, async (request) =>
    labs.access(request.params.lab),
  );

  routes.get('/api/labs/:lab/workshop', { onRequest, schema: { params, response: { 200: workshopStatusSchema } } }, async (request) =>
    workshops.status(request.params.lab),
  );

  routes.post(
    '/api/labs/:lab/workshop',
    { onRequest, schema: { params, body: workshopRequestSchema, response: { 200: workshopStatusSchema } } },
    async (request, reply) => {
      const { action, fault } = request.body;
      return workshops.act(request.params.lab, action, { fault, signal: closedSignal(reply) });
    },
  );

  routes.post(
    '/api/labs/:lab/check',
    { onRequest, schema: { params, body: checkRequestSchema, response: { 200: checkReportSchema } } },
    async (request, reply) => {
      const { tasks, trials, waitMs } = request.body;
      return labs.check(request.params.lab, tasks, { trials, waitMs, learner: learnerOf(request), signal: closedSignal(reply) });
    },
  );
}

/** Aborts when the client disconnects before the reply. */
function closedSignal(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort();
  });
  return controller.signal;
}
