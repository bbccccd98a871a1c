import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';

const GROUPS = ['224.0.0.251', '239.1.2.3'];

/** Listens on every address of the host, on TCP and UDP, and records all messages. */
export async function listenOnHost() {
  const arrived: string[] = [];
  const tcp = createServer((socket) => {
    arrived.push(`tcp from ${socket.remoteAddress}`);
    socket.destroy();
  });
  tcp.listen(0, '::');
  await once(tcp, 'listening');
  const address = tcp.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const udp = createSocket('udp4');
  udp.on('message', (_, from) => arrived.push(`udp from ${from.address}`));
  udp.bind(0, '0.0.0.0');
  await once(udp, 'listening');
  const udp6 = createSocket({ type: 'udp6', ipv6Only: true });
  udp6.on('message', (_, from) => arrived.push(`udp from ${from.address}`));
  udp6.bind(udp.address().port);
  await once(udp6, 'listening');
  return {
    arrived,
    tcpPort: address.port,
    udpPort: udp.address().port,
    /** Joins multicast groups on the interfaces with these addresses. */
    join: (own: readonly string[]) => {
      for (const group of GROUPS) for (const address of own) udp.addMembership(group, address);
    },
    close: () => {
      tcp.close();
      udp.close();
      udp6.close();
    },
  };
}

/** The host's own addresses, including bridges and without loopback. */
export function addresses(family: 'IPv4' | 'IPv6'): string[] {
  return Object.entries(networkInterfaces())
    .flatMap(([name, found]) => (found ?? []).map((one) => ({ name, ...one })))
    .filter((one) => one.family === family && !one.internal)
    .map((one) => (one.address.startsWith('fe80:') ? `${one.address}%eth0` : one.address));
}
