import { createServer, type Server, type Socket } from 'node:net';
import { closeServer, tryListen } from '../loopback.ts';

/** Lower ports need privileges and are never used, even if this process could. */
const FIRST_PORT = 1024;
/** Offset at which another port is searched for, and the number of ports tried. */
const OTHER = 10_000;
const TRIES = 20;
/** Maximum number of connections to one address of a port. */
const CONNECTIONS = 128;

/** A port on this machine's loopback, open on both 127.0.0.1 and ::1. */
export class HostPort {
  readonly port: number;
  readonly #servers: readonly Server[];
  readonly #sockets = new Set<Socket>();

  private constructor(port: number, servers: readonly Server[], onConnection: (socket: Socket) => void) {
    this.port = port;
    this.#servers = servers;
    for (const server of servers) {
      server.maxConnections = CONNECTIONS;
      server.on('connection', (socket) => this.#connected(socket, onConnection));
    }
  }

  /** Opens the wanted port, or another one if it is taken, reserved or privileged; null if none is free. */
  static async open(wanted: number, reserved: readonly number[], onConnection: (socket: Socket) => void): Promise<HostPort | null> {
    for (const port of candidates(wanted)) {
      if (reserved.includes(port)) continue;
      const servers = await listenOnBoth(port);
      if (servers !== null) return new HostPort(port, servers, onConnection);
    }
    return null;
  }

  /** Closes all connections. May be called several times. */
  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(this.#servers.map(closeServer));
  }

  #connected(socket: Socket, onConnection: (socket: Socket) => void): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    onConnection(socket);
  }
}

function candidates(wanted: number): number[] {
  const first = wanted + OTHER < 65_536 - TRIES ? wanted + OTHER : wanted - OTHER;
  const others = Array.from({ length: TRIES }, (_, index) => first + index);
  return wanted < FIRST_PORT ? others : [wanted, ...others];
}

async function listenOnBoth(port: number): Promise<Server[] | null> {
  // Half-open: a client that has ended its sending side still gets the reply.
  const [four, six] = [createServer({ allowHalfOpen: true }), createServer({ allowHalfOpen: true })];
  if (!(await tryListen(four, port, '127.0.0.1'))) return null;
  if (await tryListen(six, port, '::1')) return [four, six].filter((server) => server.listening);
  await closeServer(four);
  return null;
}
