import type { Duplex } from 'node:stream';
import { createWebSocketStream } from 'ws';
import { AGENT_FRAME_BYTES } from '../../../contract/agent.ts';
import { labUnavailable } from './agent-errors.ts';
import type { AgentAddress } from './agent-request.ts';
import { connect, opened } from './agent-socket.ts';
import type { TunnelTarget } from './definitions.ts';

/** What websockets call a connection that was cut. */
const NO_CLOSE_FRAME = 1006;

/**
 * A connection to a port of the lab, or of an address in one of its networks, as a stream with backpressure both ways.
 * It ends when either side ends.
 */
export async function openTunnel(address: AgentAddress, { port, host }: TunnelTarget, signal?: AbortSignal): Promise<Duplex> {
  signal?.throwIfAborted();
  const socket = connect(address, host === undefined ? `/tunnel/${port}` : `/tunnel/${port}/${host}`, {
    maxBytes: AGENT_FRAME_BYTES,
    signal,
  });
  // Before it opens: a server that speaks first may do so together with the answer to the upgrade.
  const stream = createWebSocketStream(socket, { allowHalfOpen: false });
  stream.on('error', () => socket.terminate());
  // Without a word of the agent: the program in the lab did not hang up, the lab did.
  socket.prependOnceListener('close', (code) => {
    if (code === NO_CLOSE_FRAME) stream.destroy(labUnavailable(new Error('the tunnel was cut')));
  });
  try {
    await opened(socket, signal);
    return stream;
  } catch (error) {
    stream.destroy();
    throw error;
  }
}
