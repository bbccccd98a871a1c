import { connect, type Socket } from 'node:net';
import type { RawData, WebSocket } from 'ws';
import { errorCode, errors } from '../errors.ts';
import { bytesOf, pauseUntilWritable } from '../http/sockets.ts';
import { isOfOwnNetwork } from './own-networks.ts';

const CONNECT_MS = 5000;
const HIGH_BYTES = 1024 * 1024;
/** No answer at all, where a closed port is an answer. */
const UNREACHABLE = new Set(['ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'EADDRNOTAVAIL']);

/** Connects to a port of the lab, on the IPv4 loopback address, or else the IPv6 one. */
export async function connectTo(port: number): Promise<Socket> {
  try {
    return await connectOnce('127.0.0.1', port).catch(() => connectOnce('::1', port));
  } catch (cause) {
    throw errors.tunnelRefused(port, cause);
  }
}

/** Connects to an address of a network that the lab is part of, such as a container's. */
export async function connectToHost(host: string, port: number): Promise<Socket> {
  if (!isOfOwnNetwork(host)) throw errors.tunnelUnreachable(host);
  try {
    return await connectOnce(host, port);
  } catch (cause) {
    throw UNREACHABLE.has(errorCode(cause) ?? '') ? errors.tunnelUnreachable(host, cause) : errors.tunnelRefused(port, cause);
  }
}

/** Forwards bytes between a websocket and a connection in both directions, each side pausing while the other is slow. */
export function serveTunnel(socket: WebSocket, connection: Socket): void {
  connection.on('data', (bytes: Buffer) => {
    socket.send(bytes, () => {
      if (socket.bufferedAmount <= HIGH_BYTES) connection.resume();
    });
    if (socket.bufferedAmount > HIGH_BYTES) connection.pause();
  });
  connection.on('end', () => socket.close(1000));
  connection.on('error', () => socket.close(1011));
  connection.on('close', () => socket.close(1000));
  socket.on('message', (data: RawData) => {
    if (connection.writable && !connection.write(bytesOf(data))) pauseUntilWritable(socket, connection);
  });
  socket.on('close', () => connection.destroy());
}

function connectOnce(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const connection = connect({ host, port, timeout: CONNECT_MS, noDelay: true, keepAlive: true });
    const fail = (cause: Error): void => {
      connection.destroy();
      reject(cause);
    };
    connection.once('error', fail);
    connection.once('timeout', () => fail(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })));
    connection.once('connect', () => {
      connection.off('error', fail).on('error', () => connection.destroy());
      connection.setTimeout(0);
      resolve(connection);
    });
  });
}
