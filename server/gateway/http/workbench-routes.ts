import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  EDITOR_FILE_BYTES,
  fileContentSchema,
  fileMoveSchema,
  filePathSchema,
  fileProblemsSchema,
  fileRestoreSchema,
  fileTrashedSchema,
  fileTreeSchema,
  fileWriteSchema,
  fileWrittenSchema,
} from '../../../contract/files.ts';
import { labArchivesSchema } from '../../../contract/lab.ts';
import { progressSchema } from '../../../contract/progress.ts';
import { mapLogsQuerySchema, mapLogsSchema } from '../../../contract/stack-map.ts';
import { workshopRequestSchema } from '../../../contract/workshop.ts';
import { labActionSchema } from '../../../contract/workspace.ts';
import { fileProblems } from '../../diagnostics/file-problems.ts';
import type { WorkbenchOf } from '../../workbench/definitions.ts';
import { learnerOf } from '../learners.ts';
import { requireToken } from '../request-guard.ts';
import type { Tokens } from '../tokens.ts';
import type { ZodProvider } from './zod-provider.ts';

/** Maximum JSON size of a file in the editor: each character written as `\u0000`. */
const FILE_BODY_BYTES = EDITOR_FILE_BYTES * 6 + 16 * 1024;

interface WorkbenchRoutesOptions {
  readonly tokens: Tokens;
  readonly workbenchOf: WorkbenchOf;
}

/** What the page does with its lab besides the websockets. */
export function workbenchRoutes(app: FastifyInstance, { tokens, workbenchOf }: WorkbenchRoutesOptions): void {
  const routes = app.withTypeProvider<ZodProvider>();
  const onRequest = requireToken(tokens.page);
  const agentFor = (request: FastifyRequest) => workbenchOf(learnerOf(request)).agent();

  routes.get('/api/files/tree', { onRequest, schema: { response: { 200: fileTreeSchema } } }, async (request) => {
    return (await agentFor(request)).tree();
  });

  routes.get(
    '/api/files/content',
    { onRequest, schema: { querystring: filePathSchema, response: { 200: fileContentSchema } } },
    async (request) => (await agentFor(request)).readFile(request.query.path),
  );

  routes.put(
    '/api/files/content',
    { onRequest, bodyLimit: FILE_BODY_BYTES, schema: { body: fileWriteSchema, response: { 200: fileWrittenSchema } } },
    async (request) => (await agentFor(request)).writeFile(request.body),
  );

  routes.get(
    '/api/files/problems',
    { onRequest, schema: { querystring: filePathSchema, response: { 200: fileProblemsSchema } } },
    async (request) => fileProblems(await agentFor(request), request.query.path),
  );

  arrangeRoutes(app, { tokens, workbenchOf });

  routes.get('/api/progress', { onRequest, schema: { response: { 200: progressSchema } } }, async (request, reply) => {
    return reply.header('cache-control', 'no-store').send(workbenchOf(learnerOf(request)).progress());
  });

  routes.post('/api/lab', { onRequest, schema: { body: labActionSchema } }, async (request, reply) => {
    workbenchOf(learnerOf(request)).changeLab(request.body);
    return reply.code(202).send();
  });

  routes.get('/api/lab/archives', { onRequest, schema: { response: { 200: labArchivesSchema } } }, async (request) =>
    workbenchOf(learnerOf(request)).archives(),
  );
  routes.get(
    '/api/map/logs',
    { onRequest, schema: { querystring: mapLogsQuerySchema, response: { 200: mapLogsSchema } } },
    async (request, reply) => {
      const logs = await workbenchOf(learnerOf(request)).mapLogs(request.query.service);
      return reply.header('cache-control', 'no-store').send(logs);
    },
  );
  routes.post('/api/workshop', { onRequest, schema: { body: workshopRequestSchema } }, async (request, reply) => {
    workbenchOf(learnerOf(request)).changeWorkshop(request.body.action);
    return reply.code(202).send();
  });
}

/** What the tree of files does: new folders, other names, the trash and back. */
function arrangeRoutes(app: FastifyInstance, { tokens, workbenchOf }: WorkbenchRoutesOptions): void {
  const routes = app.withTypeProvider<ZodProvider>();
  const onRequest = requireToken(tokens.page);
  const agentFor = (request: FastifyRequest) => workbenchOf(learnerOf(request)).agent();

  routes.post('/api/files/folder', { onRequest, schema: { body: filePathSchema } }, async (request, reply) => {
    await (await agentFor(request)).makeFolder(request.body.path);
    return reply.code(204).send();
  });

  routes.post('/api/files/move', { onRequest, schema: { body: fileMoveSchema } }, async (request, reply) => {
    await (await agentFor(request)).moveFile(request.body);
    return reply.code(204).send();
  });

  routes.post('/api/files/trash', { onRequest, schema: { body: filePathSchema, response: { 200: fileTrashedSchema } } }, async (request) =>
    (await agentFor(request)).trashFile(request.body.path),
  );

  routes.post('/api/files/restore', { onRequest, schema: { body: fileRestoreSchema } }, async (request, reply) => {
    await (await agentFor(request)).restoreFile(request.body);
    return reply.code(204).send();
  });
}
