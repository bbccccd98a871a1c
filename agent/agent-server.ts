import { createServer, type Server } from 'node:http';
import type { AgentConfig } from './config.ts';
import { errors } from './errors.ts';
import { createAuth } from './http/auth.ts';
import { drain } from './http/read-json.ts';
import { refuseUpgrade, replyError } from './http/reply.ts';
import { type AgentParts, route } from './routes.ts';
import { routeUpgrade } from './upgrades.ts';

/** Creates the agent's HTTP server, not yet listening. The token is checked before anything else of a request. */
export function createAgentServer(config: AgentConfig, parts: AgentParts): Server {
  const known = createAuth(config.token);
  const server = createServer({
    maxHeaderSize: 16 * 1024,
    headersTimeout: 10_000,
    requestTimeout: 0,
    keepAliveTimeout: 65_000,
    keepAlive: true,
    noDelay: true,
  });
  server.maxConnections = 512;
  server.on('request', (request, response) => {
    const answer = async (): Promise<void> => {
      if (!known(request)) throw errors.unauthorized();
      await route(config, parts, request, response);
    };
    answer().catch(async (error: unknown) => {
      await drain(request);
      replyError(response, error);
    });
  });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const answer = async (): Promise<void> => {
      if (!known(request)) throw errors.unauthorized();
      await routeUpgrade(config, parts.terminals, request, socket, head);
    };
    answer().catch((error: unknown) => refuseUpgrade(socket, error));
  });
  return server;
}
