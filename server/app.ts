import fastifyWebsocket from '@fastify/websocket';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { TERMINAL_FRAME_BYTES } from '../contract/terminal.ts';
import { CLOSE, type SetupStatus } from '../contract/workspace.ts';
import { type ControlRoutesOptions, controlRoutes } from './gateway/http/control-routes.ts';
import { handleErrors } from './gateway/http/error-handler.ts';
import { logRequests } from './gateway/http/log-requests.ts';
import { addSecurityHeaders } from './gateway/http/security-headers.ts';
import { sessionRoutes } from './gateway/http/session-routes.ts';
import { serveSite } from './gateway/http/site.ts';
import { workbenchRoutes } from './gateway/http/workbench-routes.ts';
import { useZod } from './gateway/http/zod-provider.ts';
import { prepareLearners } from './gateway/learners.ts';
import { guardRequests } from './gateway/request-guard.ts';
import { terminalRoute } from './gateway/ws/terminal-route.ts';
import { workspaceRoute } from './gateway/ws/workspace-route.ts';
import type { WorkbenchOf } from './workbench/definitions.ts';

export interface AppOptions extends ControlRoutesOptions {
  /** What this machine has prepared, for whoever asks. */
  readonly setup: () => SetupStatus;
  readonly workbenchOf: WorkbenchOf;
  /** `host:port` under which the site is served; asked for each request, since the port may be known late. */
  readonly authorities: () => ReadonlySet<string>;
  /** Absolute path of the built site. */
  readonly siteDir: string;
  readonly log: FastifyBaseLogger;
}

/** Maximum body size of a request, unless its route says otherwise. */
const BODY_BYTES = 64 * 1024;

/** Builds the complete application, not yet listening. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: options.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_BYTES,
    forceCloseConnections: true,
    requestIdHeader: false,
    genReqId: requestIds(),
    routerOptions: { maxParamLength: 100, ignoreTrailingSlash: false },
  });
  // Registered before the guard: this plugin closes a refused upgrade only if it has seen the request first.
  await app.register(fastifyWebsocket, {
    options: { maxPayload: TERMINAL_FRAME_BYTES, perMessageDeflate: false },
    errorHandler: (error, socket, request) => {
      request.log.info({ err: error }, 'websocket ended');
      socket.terminate();
    },
    preClose: (done) => {
      for (const socket of app.websocketServer.clients) socket.close(CLOSE.serverGone, 'server stops');
      app.websocketServer.close(() => done());
      setTimeout(() => {
        for (const socket of app.websocketServer.clients) socket.terminate();
      }, 500).unref();
    },
  });
  useZod(app);
  prepareLearners(app);
  logRequests(app);
  handleErrors(app);
  addSecurityHeaders(app, options.siteDir);
  guardRequests(app, options.authorities);
  app.get('/healthz', async () => ({ status: 'ok' }));
  sessionRoutes(app, options);
  workbenchRoutes(app, options);
  controlRoutes(app, options);
  terminalRoute(app, options);
  workspaceRoute(app, options);
  await serveSite(app, options.siteDir);
  return app;
}

function requestIds(): () => string {
  let count = 0;
  return () => `r${(++count).toString(36)}`;
}
