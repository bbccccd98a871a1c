import { EventEmitter, once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { Address } from '../../../../../server/checkpoints/network/definitions.ts';

/** A server on this machine that does with each connection as it is told, for as long as a test takes. */
export class TcpServer {
  readonly at: Address;
  readonly #server: Server;
  readonly #open: Set<Socket>;
  readonly #events: EventEmitter;

  private constructor(server: Server, open: Set<Socket>, events: EventEmitter) {
    const { port } = server.address() as AddressInfo;
    this.at = { host: '127.0.0.1', port };
    this.#server = server;
    this.#open = open;
    this.#events = events;
  }

  static async start(serve: (socket: Socket) => void): Promise<TcpServer> {
    const open = new Set<Socket>();
    const events = new EventEmitter();
    const server = createServer((socket) => {
      open.add(socket);
      socket
        .on('error', () => socket.destroy())
        .on('close', () => {
          open.delete(socket);
          events.emit('closed');
        });
      serve(socket);
      events.emit('opened');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return new TcpServer(server, open, events);
  }

  /** Once a client is connected. */
  async opened(): Promise<void> {
    if (this.#open.size === 0) await once(this.#events, 'opened');
  }

  /** Once every client has gone. */
  async left(): Promise<void> {
    while (this.#open.size > 0) await once(this.#events, 'closed');
  }

  stop(): void {
    for (const socket of this.#open) socket.destroy();
    this.#server.close();
  }
}

/** Writes a beginning, then pieces for ever, as fast as they are read. */
export function pour(socket: Socket, piece: Buffer | string, beginning = ''): void {
  socket.write(beginning);
  const more = (): void => {
    while (socket.writable && socket.write(piece));
  };
  socket.on('drain', more);
  more();
}
