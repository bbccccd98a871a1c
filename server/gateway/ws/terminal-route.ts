import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { terminalIdSchema } from '../../../contract/terminal.ts';
import type { WorkbenchOf } from '../../workbench/definitions.ts';
import type { ZodProvider } from '../http/zod-provider.ts';
import type { Tokens } from '../tokens.ts';
import { authenticated } from './authenticated.ts';
import { TerminalBridge } from './terminal-bridge.ts';

const params = z.object({ terminal: terminalIdSchema });

export function terminalRoute(app: FastifyInstance, { tokens, workbenchOf }: { tokens: Tokens; workbenchOf: WorkbenchOf }): void {
  app.withTypeProvider<ZodProvider>().get('/ws/terminals/:terminal', { websocket: true, schema: { params } }, (socket, request) => {
    authenticated(socket, tokens.page, (learner) => {
      const target = workbenchOf(learner)
        .agent()
        .then((agent) => agent.terminalUrl(request.params.terminal));
      new TerminalBridge(socket, target);
    });
  });
}
