import type { RawData, WebSocket } from 'ws';
import { AUTH_DEADLINE_MS, authFrameSchema, CLOSE } from '../../../contract/workspace.ts';
import type { Learner } from '../../learner.ts';
import { holderOf } from '../learners.ts';
import type { Token } from '../tokens.ts';
import { parseFrame } from './frames.ts';

/** The largest first frame. */
const AUTH_FRAME_BYTES = 1024;

/**
 * Hands the socket over once its first frame has shown the token. Whatever else comes first, or nothing in time,
 * closes it; no frame is acted on before. `onAuthenticated` attaches its own listeners before it returns: the next
 * frame may be in hand already.
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

/** Closes, and cuts the connection of a peer that does not answer the close. A second call does nothing. */
export function closeSoon(socket: WebSocket, code: number, reason: string): void {
  if (socket.readyState === socket.CLOSED || socket.readyState === socket.CLOSING) return;
  socket.resume();
  socket.close(code, reason);
  const timer = setTimeout(() => socket.terminate(), 2000);
  socket.once('close', () => clearTimeout(timer));
}
