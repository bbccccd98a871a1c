import type { LabShell, ListeningSocket } from './definitions.ts';

const PATIENCE_MS = 5000;
const MAX_BYTES = 256 * 1024;
/** A line for a listening socket in the kernel's table, after the file name. */
const LISTENS = '^ *[0-9]+: [0-9A-F]+:[0-9A-F]{4} [0-9A-F]+:0000 0A ';
const LINE = /^\/proc\/(\d+)\/net\/tcp6?: *\d+: ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) /;
/** The address of the engine's own resolver, in every container on a user-defined network. */
const RESOLVER = '0B00007F';
const LOOPBACK_6 = '00000000000000000000000001000000';
const MAPPED_LOOPBACK = /^0{16}FFFF0000.{6}7F$/;

/**
 * The listening sockets of the containers whose first processes have these ids in the lab. Read from outside, so that images need no tool
 * for it. A process that has ended has no entry. Null if the lab did not reply.
 */
export async function listeningSockets(lab: LabShell, pids: readonly number[]): Promise<ReadonlyMap<number, ListeningSocket[]> | null> {
  if (pids.length === 0) return new Map();
  const files = pids.flatMap((pid) => [`/proc/${pid}/net/tcp`, `/proc/${pid}/net/tcp6`]);
  const { code, stdout } = await lab.exec(
    { argv: ['grep', '-HsE', LISTENS, ...files], user: 'root', cwd: '/', env: {}, timeoutMs: PATIENCE_MS },
    { maxBytes: MAX_BYTES },
  );
  // 1: nothing listens; 2: a process has ended meanwhile, and the others were read.
  if (code > 2) return null;
  return parseSockets(stdout, pids);
}

export function parseSockets(text: string, pids: readonly number[]): Map<number, ListeningSocket[]> {
  const found = new Map<number, ListeningSocket[]>(pids.map((pid) => [pid, []]));
  for (const line of text.split('\n')) {
    const [, pid, address = '', port = ''] = LINE.exec(line) ?? [];
    if (address === RESOLVER) continue;
    found.get(Number(pid))?.push({ port: Number.parseInt(port, 16), loopback: isLoopback(address) });
  }
  return found;
}

/** The kernel writes an address in words of four bytes, in reversed byte order. */
function isLoopback(address: string): boolean {
  if (address.length === 8) return address.endsWith('7F');
  return address === LOOPBACK_6 || MAPPED_LOOPBACK.test(address);
}
