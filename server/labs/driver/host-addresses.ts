import { networkInterfaces } from 'node:os';

/** Every IPv4 address of this machine but loopback: the gates close them all, whatever range they are in. */
export function hostAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
}
