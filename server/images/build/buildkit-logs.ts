/** The id of the events in which the engine passes on BuildKit's progress. */
export const BUILDKIT = 'moby.buildkit.trace';

/** Field numbers of `StatusResponse` and `VertexLog`, in moby/buildkit, api/services/control/control.proto. */
const LOGS = 3;
const MESSAGE = 4;

/** What the steps of a build wrote, from one `StatusResponse` in protobuf's encoding. */
export function buildkitLogs(message: Buffer): string[] {
  return fields(message, LOGS).flatMap((log) => fields(log, MESSAGE).map((text) => text.toString('utf8')));
}

/** The values of a field that are bytes; the rest of a message that cannot be read is left out. */
function fields(message: Buffer, wanted: number): Buffer[] {
  const found: Buffer[] = [];
  let at = 0;
  while (at < message.length) {
    const key = varint(message, at);
    at = key.next;
    const kind = key.value % 8;
    if (kind === 2) {
      const length = varint(message, at);
      at = length.next + length.value;
      if (Math.floor(key.value / 8) === wanted) found.push(message.subarray(length.next, at));
    } else if (kind === 0) at = varint(message, at).next;
    else if (kind === 1) at += 8;
    else if (kind === 5) at += 4;
    else break;
  }
  return found;
}

/** Seven bits a byte, the lowest first; the highest bit says that another follows. */
function varint(message: Buffer, start: number): { value: number; next: number } {
  let value = 0;
  for (let at = start; at < message.length; at++) {
    const byte = message[at] ?? 0;
    value += (byte % 128) * 2 ** (7 * (at - start));
    if (byte < 128) return { value, next: at + 1 };
  }
  return { value, next: message.length };
}
