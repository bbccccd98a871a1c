import type { Duplex } from 'node:stream';
import { noAnswer } from './no-answer.ts';

/** Maximum length of a line. */
const LINE_BYTES = 64 * 1024;
const LINE_END = '\r\n';

/** Reads what a program sends, at most `maxBytes`. Throws `NoAnswer`. */
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

  /** Reads a line, and returns it without its end. */
  async line(): Promise<string> {
    let end = this.#rest.indexOf(LINE_END);
    while (end < 0) {
      if (this.#rest.length > LINE_BYTES) throw noAnswer.tooLarge(LINE_BYTES);
      const searched = Math.max(0, this.#rest.length - 1);
      this.#rest = Buffer.concat([this.#rest, await this.#next()]);
      end = this.#rest.indexOf(LINE_END, searched);
    }
    return this.#take(end, LINE_END.length).toString('utf8');
  }

  /** Reads this many bytes as text, and skips the end of line after them. */
  async text(bytes: number): Promise<string> {
    await this.#fill(bytes, LINE_END.length);
    return this.#take(bytes, LINE_END.length).toString('utf8');
  }

  async bytes(bytes: number): Promise<Buffer> {
    await this.#fill(bytes);
    return this.#take(bytes);
  }

  async #fill(bytes: number, skip = 0): Promise<void> {
    if (bytes > this.#maxBytes) throw noAnswer.tooLarge(this.#maxBytes);
    const parts = [this.#rest];
    let length = this.#rest.length;
    while (length < bytes + skip) {
      const chunk = await this.#next();
      parts.push(chunk);
      length += chunk.length;
    }
    if (parts.length > 1) this.#rest = Buffer.concat(parts);
  }

  #take(bytes: number, skip = 0): Buffer {
    const taken = this.#rest.subarray(0, bytes);
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
