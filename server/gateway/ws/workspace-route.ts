import type { FastifyInstance } from 'fastify';
import type { RawData } from 'ws';
import { CLOSE, WORKSPACE_FRAME_BYTES, workspaceClientFrameSchema } from '../../../contract/workspace.ts';
import type { WorkbenchOf } from '../../workbench/definitions.ts';
import type { Tokens } from '../tokens.ts';
import { authenticated, closeSoon } from './authenticated.ts';
import { parseFrame } from './frames.ts';

/** Bytes waiting for a page that does not read. Above this, the page is disconnected; when it reconnects, it gets the current state. */
const BACKLOG_BYTES = 4 * 1024 * 1024;

export function workspaceRoute(app: FastifyInstance, { tokens, workbenchOf }: { tokens: Tokens; workbenchOf: WorkbenchOf }): void {
  app.get('/ws/workspace', { websocket: true }, (socket) => {
    authenticated(socket, tokens.page, (learner) => {
      const follower = workbenchOf(learner).follow((frame) => {
        if (socket.readyState !== socket.OPEN) return;
        if (socket.bufferedAmount > BACKLOG_BYTES) closeSoon(socket, CLOSE.serverGone, 'too slow');
        else socket.send(JSON.stringify(frame));
      });
      socket.once('close', () => follower.end());
      socket.on('message', (data: RawData, isBinary: boolean) => {
        if (socket.readyState !== socket.OPEN) return;
        const frame = isBinary ? null : parseFrame(data, workspaceClientFrameSchema, WORKSPACE_FRAME_BYTES);
        if (frame === null) closeSoon(socket, CLOSE.badFrame, 'frame off the protocol');
        else if (frame.type === 'watch') follower.watch(frame.task);
        else if (frame.type === 'check') follower.check(frame.task);
        else if (frame.type === 'map') follower.map(frame.shown);
        else follower.trial(frame.criterion);
      });
    });
  });
}
