/** Length of the header of each piece of an attached stream: it contains the output and the piece's length. */
const HEADER_BYTES = 8;

/** Reads both outputs of an attached stream without a terminal, in order of arrival, with limits for size and time. */
export async function demultiplex(
  stream: NodeJS.ReadableStream,
  maxBytes: number,
  timeoutMs: number,
): Promise<{ output: string; timedOut: boolean }> {
  const chunks: Buffer[] = [];
  let size = 0;
  let timer: NodeJS.Timeout | undefined;
  const timedOut = await new Promise<boolean>((resolve, reject) => {
    timer = setTimeout(() => resolve(true), timeoutMs);
    stream.on('data', (chunk: Buffer) => {
      if (size < maxBytes) chunks.push(chunk);
      size += chunk.length;
    });
    stream.on('end', () => resolve(false));
    stream.on('error', reject);
  });
  clearTimeout(timer);
  cut(stream);
  return { output: withoutHeaders(Buffer.concat(chunks)).subarray(0, maxBytes).toString('utf8'), timedOut };
}

/** Closes a stream of the engine, whether it has ended or not. */
export function cut(stream: NodeJS.ReadableStream): void {
  stream.on('error', () => undefined); // A stream that is cut may still report it.
  if ('destroy' in stream && typeof stream.destroy === 'function') stream.destroy();
}

/** The bytes of both outputs, in order of arrival. */
export function withoutHeaders(raw: Buffer): Buffer {
  const parts: Buffer[] = [];
  let at = 0;
  while (at + HEADER_BYTES <= raw.length) {
    const length = raw.readUInt32BE(at + 4);
    parts.push(raw.subarray(at + HEADER_BYTES, at + HEADER_BYTES + length));
    at += HEADER_BYTES + length;
  }
  return Buffer.concat(parts);
}
