import type { Connection, LabShell } from './definitions.ts';

const PATIENCE_MS = 5000;
const MAX_BYTES = 256 * 1024;
/** A line of the kernel's table, after the file name, for a socket that is connected (01) or was until just now; none that only listens. */
const CONNECTED = '^ *[0-9]+: [0-9A-F]+:[0-9A-F]{4} [0-9A-F]+:[0-9A-F]{4} (01|04|05|06|08|09|0B) ';
const LINE =
  /^\/proc\/(\d+)\/net\/tcp6?: *\d+: (?:[0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) ([0-9A-F]{2}) /;
const MAPPED = /^0{16}FFFF0000([0-9A-F]{8})$/;

/**
 * The TCP connections of the containers whose first processes have these ids in the lab, without those to themselves. Read from outside, like
 * the listening sockets. Null if the lab did not reply. If there are very many, some are missing.
 */
export async function openConnections(lab: LabShell, pids: readonly number[]): Promise<ReadonlyMap<number, Connection[]> | null> {
  if (pids.length === 0) return new Map();
  const files = pids.flatMap((pid) => [`/proc/${pid}/net/tcp`, `/proc/${pid}/net/tcp6`]);
  const { code, stdout } = await lab.exec(
    { argv: ['grep', '-HsE', CONNECTED, ...files], user: 'root', cwd: '/', env: {}, timeoutMs: PATIENCE_MS },
    { maxBytes: MAX_BYTES },
  );
  // 1: no connection. 2: a process has ended meanwhile, but the others were read.
  return code > 2 ? null : parseConnections(stdout, pids);
}

export function parseConnections(text: string, pids: readonly number[]): Map<number, Connection[]> {
  const found = new Map<number, Connection[]>(pids.map((pid) => [pid, []]));
  for (const line of text.split('\n')) {
    const [, pid, localPort = '', remote = '', port = '', state] = LINE.exec(line) ?? [];
    const address = dotted(remote);
    if (address === null || address.startsWith('127.')) continue;
    found
      .get(Number(pid))
      ?.push({ localPort: Number.parseInt(localPort, 16), address, port: Number.parseInt(port, 16), open: state === '01' });
  }
  return found;
}

/** An IPv4 address, also one written as IPv6; null for others. The kernel writes it as one word, in reversed byte order. */
function dotted(address: string): string | null {
  const word = address.length === 8 ? address : MAPPED.exec(address)?.[1];
  const bytes = word?.match(/../g);
  return bytes
    ? bytes
        .reverse()
        .map((byte) => Number.parseInt(byte, 16))
        .join('.')
    : null;
}
