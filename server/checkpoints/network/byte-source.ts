import type { Duplex } from 'node:stream';
import { noAnswer } from './no-answer.ts';

/** Of one line that a program sends. */
const LINE_BYTES = 64 * 1024;
const LINE_END = '\r\n';

/** What a program sends, piece by piece, at most `maxBytes` of it. Throws `NoAnswer`. */
export class ByteSource {
  readonly #connection: Duplex;
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #maxBytes: number;
  readonly #idleMs: number;
  #received = 0;
  #rest: Buffer = Buffer.alloc(0);

  constructor(connection: Duplex, limits: { maxBytes: number; idleMs: number }) {
    this.#connection = connection;
    this.#chunks = connection.iterator({ destroyOnReturn: false });
    this.#maxBytes = limits.maxBytes;
    this.#idleMs = limits.idleMs;
  }

  /** Up to the end of the line, without it. */
  async line(): Promise<string> {
    let end = this.#rest.indexOf(LINE_END);
    while (end < 0) {
      if (this.#rest.length > LINE_BYTES) throw noAnswer.tooLarge(LINE_BYTES);
      const searched = Math.max(0, this.#rest.length - 1);
      this.#rest = Buffer.concat([this.#rest, await this.#next()]);
      end = this.#rest.indexOf(LINE_END, searched);
    }
    return this.#take(end, LINE_END.length);
  }

  /** So many bytes as text, and the end of a line, which is left out. */
  async text(bytes: number): Promise<string> {
    if (bytes > this.#maxBytes) throw noAnswer.tooLarge(this.#maxBytes);
    const parts = [this.#rest];
    let length = this.#rest.length;
    while (length < bytes + LINE_END.length) {
      const chunk = await this.#next();
      parts.push(chunk);
      length += chunk.length;
    }
    if (parts.length > 1) this.#rest = Buffer.concat(parts);
    return this.#take(bytes, LINE_END.length);
  }

  #take(bytes: number, skip: number): string {
    const taken = this.#rest.subarray(0, bytes).toString('utf8');
    this.#rest = this.#rest.subarray(bytes + skip);
    return taken;
  }

  async #next(): Promise<Buffer> {
    const stalled = this.#received === 0 ? noAnswer.silent(this.#idleMs) : noAnswer.stalled(this.#idleMs);
    const idle = setTimeout(() => this.#connection.destroy(stalled), this.#idleMs);
    try {
      const { done, value } = await this.#chunks.next();
      if (done) throw this.#closed();
      this.#received += value.length;
      if (this.#received > this.#maxBytes) throw noAnswer.tooLarge(this.#maxBytes);
      return value;
    } catch (error) {
      throw isReset(error) ? this.#closed() : error;
    } finally {
      clearTimeout(idle);
    }
  }

  #closed(): Error {
    return this.#received === 0 ? noAnswer.hungUp() : noAnswer.cut();
  }
}

function isReset(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'].includes(String(error.code));
}
