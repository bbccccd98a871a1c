import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  EDITOR_FILE_BYTES,
  fileContentSchema,
  fileTreeSchema,
  fileWriteSchema,
  fileWrittenSchema,
  projectPathSchema,
} from '../../../contract/files.ts';
import { labActionSchema } from '../../../contract/workspace.ts';
import type { Workbench } from '../../workbench/definitions.ts';
import { requireToken } from '../door.ts';
import type { Tokens } from '../tokens.ts';
import type { ZodProvider } from './zod-provider.ts';

/** The longest JSON a file of the editor can become: each character as `\u0000`. */
const FILE_BODY_BYTES = EDITOR_FILE_BYTES * 6 + 16 * 1024;

/** What the page does with its lab besides the websockets. */
export function workbenchRoutes(app: FastifyInstance, { tokens, workbench }: { tokens: Tokens; workbench: Workbench }): void {
  const routes = app.withTypeProvider<ZodProvider>();
  const onRequest = requireToken(tokens.page);

  routes.get('/api/files/tree', { onRequest, schema: { response: { 200: fileTreeSchema } } }, async () => {
    return (await workbench.agent()).tree();
  });

  routes.get(
    '/api/files/content',
    { onRequest, schema: { querystring: z.object({ path: projectPathSchema }), response: { 200: fileContentSchema } } },
    async (request) => (await workbench.agent()).readFile(request.query.path),
  );

  routes.put(
    '/api/files/content',
    { onRequest, bodyLimit: FILE_BODY_BYTES, schema: { body: fileWriteSchema, response: { 200: fileWrittenSchema } } },
    async (request) => (await workbench.agent()).writeFile(request.body),
  );

  routes.post('/api/lab', { onRequest, schema: { body: labActionSchema } }, async (request, reply) => {
    workbench.act(request.body.action);
    return reply.code(202).send();
  });
}
