/** Bytes before each piece of an attached stream: which output it is, and its length. */
const HEADER_BYTES = 8;

/** Both outputs of an attached stream without terminal, in the order they came, bounded in size and time. */
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

/** Lets go of a stream of the engine, whether it ended or not. */
export function cut(stream: NodeJS.ReadableStream): void {
  stream.on('error', () => undefined); // A stream that is cut may still report it.
  if ('destroy' in stream && typeof stream.destroy === 'function') stream.destroy();
}

/** The bytes of an attached output, both streams in the order they came. */
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
