import type { RawData, WebSocket } from 'ws';
import { AUTH_DEADLINE_MS, authFrameSchema, CLOSE } from '../../../contract/workspace.ts';
import type { Learner } from '../../learner.ts';
import { holderOf } from '../learners.ts';
import type { Token } from '../tokens.ts';
import { parseFrame } from './frames.ts';

/** Maximum size of the first frame, in bytes. */
const AUTH_FRAME_BYTES = 1024;

/**
 * Calls `onAuthenticated` once the first frame has shown the token. Any other first frame, or none within the time limit, closes the
 * socket. `onAuthenticated` must attach its listeners before it returns, since the next frame may already be there.
 */
export function authenticated(socket: WebSocket, token: Token, onAuthenticated: (learner: Learner) => void): void {
  const deadline = setTimeout(() => closeSoon(socket, CLOSE.unauthorized, 'auth timeout'), AUTH_DEADLINE_MS);
  socket.once('close', () => clearTimeout(deadline));
  socket.once('message', (data: RawData, isBinary: boolean) => {
    if (socket.readyState !== socket.OPEN) return;
    clearTimeout(deadline);
    const frame = isBinary ? null : parseFrame(data, authFrameSchema, AUTH_FRAME_BYTES);
    const learner = frame === null ? null : holderOf(token, frame.token);
    if (frame === null) closeSoon(socket, CLOSE.badFrame, 'auth expected');
    else if (learner === null) closeSoon(socket, CLOSE.unauthorized, 'unauthorized');
    else onAuthenticated(learner);
  });
}

/** Closes the socket, and cuts the connection if the peer does not complete the close. May be called several times. */
export function closeSoon(socket: WebSocket, code: number, reason: string): void {
  if (socket.readyState === socket.CLOSED || socket.readyState === socket.CLOSING) return;
  socket.resume();
  socket.close(code, reason);
  const timer = setTimeout(() => socket.terminate(), 2000);
  socket.once('close', () => clearTimeout(timer));
}
