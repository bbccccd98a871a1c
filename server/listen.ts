import { createServer, type Server } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { EscaleError } from './errors/escale-error.ts';
import { closeServer, tryListen } from './loopback.ts';

/** Maximum number of ports tried. */
const TRIES = 20;

export interface Listening {
  readonly port: number;
  /** Whether the wanted port was taken by another program. */
  readonly moved: boolean;
  close(): Promise<void>;
}

/** Listens on 127.0.0.1, and on ::1 if the machine has it, on the first port that is free on both. */
export async function listenOnLoopback(app: FastifyInstance, wanted: number): Promise<Listening> {
  await app.ready();
  for (let port = wanted; port < Math.min(wanted + TRIES, 65_536); port++) {
    const ipv6 = mirror(app);
    if (!(await tryListen(ipv6, port, '::1'))) continue;
    if (await tryListen(app.server, port, '127.0.0.1')) return { port, moved: port !== wanted, close: () => closeAll(app, ipv6) };
    await closeServer(ipv6);
  }
  throw new EscaleError('unavailable', 'serve.no-port', {
    message: `Les ports ${wanted} à ${wanted + TRIES - 1} de cette machine sont tous pris.`,
    hint: 'Choisissez-en un autre : npm start -- --port N.',
  });
}

/** A second server for the same application. */
function mirror(app: FastifyInstance): Server {
  const server = createServer((request, response) => app.routing(request, response));
  server.on('upgrade', (request, socket, head) => app.server.emit('upgrade', request, socket, head));
  return server;
}

async function closeAll(app: FastifyInstance, ipv6: Server): Promise<void> {
  ipv6.closeAllConnections();
  await Promise.all([closeServer(ipv6), app.close()]);
}
