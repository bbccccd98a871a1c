import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { AGENT_FRAME_BYTES, tunnelHostSchema } from '../contract/agent.ts';
import { TERMINAL_FRAME_BYTES, terminalIdSchema } from '../contract/terminal.ts';
import type { AgentConfig } from './config.ts';
import { proxyDockerUpgrade } from './docker/proxy.ts';
import { errors } from './errors.ts';
import { serveExec } from './exec/exec-socket.ts';
import { serveWatch } from './files/watch-socket.ts';
import { parseAs } from './http/read-json.ts';
import { createUpgrade } from './http/sockets.ts';
import { addressOf } from './routes.ts';
import { serveTerminal } from './terminals/terminal-socket.ts';
import type { Terminals } from './terminals/terminals.ts';
import { connectTo, connectToHost, serveTunnel } from './tunnel/tunnel.ts';

const WATCH_FRAME_BYTES = 1024;

const upgradeTerminal = createUpgrade(TERMINAL_FRAME_BYTES);
const upgradeWatch = createUpgrade(WATCH_FRAME_BYTES);
const upgradeBytes = createUpgrade(AGENT_FRAME_BYTES);

/** Handles an upgrade request whose token was right. */
export async function routeUpgrade(
  config: AgentConfig,
  terminals: Terminals,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  const { pathname } = addressOf(request);
  if (pathname.startsWith('/docker/')) return proxyDockerUpgrade(config, request, socket, head);
  if (pathname === '/files/watch') return upgradeWatch(request, socket, head, (websocket) => serveWatch(websocket, config));
  if (pathname === '/exec') return upgradeBytes(request, socket, head, (websocket) => serveExec(websocket, config));
  const [, kind, name = '', more, ...rest] = pathname.split('/');
  if (kind === 'terminals' && more === undefined) {
    const id = parseAs(terminalIdSchema, name);
    return upgradeTerminal(request, socket, head, (websocket) => serveTerminal(websocket, id, terminals));
  }
  if (kind === 'tunnel' && rest.length === 0 && /^\d{1,5}$/.test(name) && Number(name) > 0 && Number(name) < 65536) {
    const port = Number(name);
    const connection = await (more === undefined ? connectTo(port) : connectToHost(parseAs(tunnelHostSchema, more), port));
    socket.once('close', () => connection.destroy());
    return upgradeBytes(request, socket, head, (websocket) => serveTunnel(websocket, connection));
  }
  throw errors.unknownRoute(pathname.slice(0, 200));
}
