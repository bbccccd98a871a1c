import type { RawData, WebSocket } from 'ws';
import { type TerminalClientFrame, type TerminalServerFrame, terminalClientFrameSchema } from '../../contract/terminal.ts';
import { errors } from '../errors.ts';
import { parseAs, parseJson } from '../http/read-json.ts';
import { bytesOf, closeWithError, pauseUntil } from '../http/sockets.ts';
import type { Terminal } from './terminal.ts';
import type { TerminalClient } from './terminal-client.ts';
import type { Terminals } from './terminals.ts';

/** Handles the terminal protocol on one websocket. */
export function serveTerminal(socket: WebSocket, id: string, terminals: Terminals): void {
  let at: { terminal: Terminal; client: TerminalClient } | null = null;
  const send = (frame: TerminalServerFrame): void => socket.send(JSON.stringify(frame));
  const leave = (): void => {
    at?.terminal.detach(at.client);
    at = null;
  };
  const attach = (frame: Extract<TerminalClientFrame, { type: 'attach' }>): void => {
    leave();
    const terminal = terminals.open(id, frame);
    at = { terminal, client: terminal.attach({ sendOutput: (bytes) => socket.send(bytes), sendFrame: send }, frame.after, frame) };
  };
  const type = (keys: Buffer): void => {
    if (at === null) throw errors.notAttached();
    const { terminal } = at;
    if (!terminal.type(keys)) pauseUntil(socket, (resume) => terminal.whenRoom(resume));
  };
  const obey = async (frame: TerminalClientFrame): Promise<void> => {
    if (frame.type === 'attach') return attach(frame);
    if (at === null) throw errors.notAttached();
    if (frame.type === 'resize') at.terminal.resize(frame);
    else if (frame.type === 'ack') at.terminal.ack(at.client, frame.seq);
    else send({ type: 'ran', id: frame.id, outcome: await at.terminal.run(frame.command, frame.force) });
  };
  socket.on('message', (data: RawData, binary: boolean) => {
    const done = async (): Promise<void> =>
      binary ? type(bytesOf(data)) : obey(parseAs(terminalClientFrameSchema, parseJson(bytesOf(data).toString('utf8'))));
    done().catch((error: unknown) => closeWithError(socket, error));
  });
  socket.on('close', leave);
}
