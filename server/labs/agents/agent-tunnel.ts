import type { Duplex } from 'node:stream';
import { createWebSocketStream } from 'ws';
import { AGENT_FRAME_BYTES } from '../../../contract/agent.ts';
import type { AgentAddress } from './agent-request.ts';
import { connect, opened } from './agent-socket.ts';

/** A connection to a port of the lab, as a stream that waits for its reader and for the lab, and ends with either side. */
export async function openTunnel(address: AgentAddress, port: number, signal?: AbortSignal): Promise<Duplex> {
  signal?.throwIfAborted();
  const socket = connect(address, `/tunnel/${port}`, { maxBytes: AGENT_FRAME_BYTES, signal });
  // Before it opens: a server that speaks first may do so together with the answer to the upgrade.
  const stream = createWebSocketStream(socket, { allowHalfOpen: false });
  stream.on('error', () => socket.terminate());
  try {
    await opened(socket, signal);
    return stream;
  } catch (error) {
    stream.destroy();
    throw error;
  }
}
