import { once } from 'node:events';
import { BlockList, connect, isIPv6 } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Address, Dialer } from './definitions.ts';
import { noAnswer } from './no-answer.ts';

const CONNECT_MS = 5000;
/** No answer at all, where a closed port is an answer. */
const UNREACHABLE = new Set(['ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'EADDRNOTAVAIL', 'EINVAL']);

/** Sockets of Docker Desktop, Colima and Rancher Desktop. */
const VIRTUAL_MACHINE = /\/\.(docker|colima|rd)\//;

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/**
 * Connects from this machine to what its engine runs. The addresses of containers are reached from here only where the
 * engine is not in a virtual machine, their published ports where it is on this machine at all.
 */
export class LocalDialer implements Dialer {
  readonly #toContainers: boolean;
  readonly #toPorts: boolean;

  /** `engine`: its address, `unix:///var/run/docker.sock`. */
  constructor(engine: string, platform: string = process.platform) {
    this.#toPorts = /^(unix|npipe):/.test(engine);
    this.#toContainers = this.#toPorts && platform === 'linux' && !VIRTUAL_MACHINE.test(engine);
  }

  async connect({ host, port }: Address, signal: AbortSignal): Promise<Duplex> {
    signal.throwIfAborted();
    const here = loopback.check(host, isIPv6(host) ? 'ipv6' : 'ipv4');
    if (!(here ? this.#toPorts : this.#toContainers)) throw noAnswer.unreachable(host);
    const socket = connect({ host, port, noDelay: true });
    try {
      await once(socket, 'connect', { signal: AbortSignal.any([signal, AbortSignal.timeout(CONNECT_MS)]) });
      return socket;
    } catch (cause) {
      socket.on('error', () => undefined).destroy();
      signal.throwIfAborted();
      const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
      const silent = UNREACHABLE.has(code) || (cause instanceof Error && cause.name === 'AbortError');
      throw silent ? noAnswer.unreachable(host, cause) : noAnswer.closed(port, cause);
    }
  }
}
