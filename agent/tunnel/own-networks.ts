import { BlockList, isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';

/** Whether an address belongs to a network that the lab is part of now: its loopback, and the bridges of its engine. */
export function isOfOwnNetwork(host: string): boolean {
  const own = new BlockList();
  for (const { address, cidr, family } of Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])) {
    const bits = Number(cidr?.split('/')[1]);
    if (Number.isInteger(bits)) own.addSubnet(address, bits, family === 'IPv6' ? 'ipv6' : 'ipv4');
  }
  return own.check(host, isIPv6(host) ? 'ipv6' : 'ipv4');
}
