import { Agent, type AgentOptions, type ClientRequestArgs } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/**
 * Connections that are cut once the other side has said more than `maxBytes` on one of them: one request each. For
 * clients that collect whatever they are sent, as dockerode does, when the lab that answers may be forged.
 */
export class BoundedConnections extends Agent {
  readonly #maxBytes: number;

  constructor(maxBytes: number, options: AgentOptions = {}) {
    super({ ...options, keepAlive: false });
    this.#maxBytes = maxBytes;
  }

  override createConnection(
    options: ClientRequestArgs,
    onCreate?: (error: Error | null, stream: Duplex) => void,
  ): Duplex | null | undefined {
    const connection = super.createConnection(options, onCreate);
    if (connection && 'bytesRead' in connection) bound(connection as Socket, this.#maxBytes);
    return connection;
  }
}

function bound(socket: Socket, maxBytes: number): void {
  socket.on('data', () => {
    if (socket.bytesRead > maxBytes) socket.destroy(new Error(`more than ${maxBytes} bytes in one answer`));
  });
}
