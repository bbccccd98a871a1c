import type { WebSocket } from 'ws';
import type { FilesChanged } from '../../contract/agent.ts';
import type { AgentConfig } from '../config.ts';
import { closeWithError } from '../http/sockets.ts';
import { ProjectWatch } from './watch.ts';

/** Maximum bytes buffered for a slow client; above it, the client is disconnected. */
const HIGH_BYTES = 1024 * 1024;

export function serveWatch(socket: WebSocket, config: AgentConfig): void {
  const tell = (paths: string[]): void => {
    const frame: FilesChanged = { type: 'changed', paths };
    if (socket.bufferedAmount > HIGH_BYTES) socket.terminate();
    else socket.send(JSON.stringify(frame));
  };
  const watch = new ProjectWatch(config, tell);
  socket.on('close', () => watch.close());
  watch.start().then(
    () => tell([]),
    (error: unknown) => closeWithError(socket, error),
  );
}
