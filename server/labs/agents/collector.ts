import { Writable } from 'node:stream';

/** Keeps the first `maxBytes` written to it and drops the rest. */
export class Collector extends Writable {
  readonly #maxBytes: number;
  readonly #chunks: Buffer[] = [];
  #size = 0;
  truncated = false;

  constructor(maxBytes: number) {
    super();
    this.#maxBytes = maxBytes;
  }

  get text(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    const kept = chunk.subarray(0, this.#maxBytes - this.#size);
    this.truncated ||= kept.length < chunk.length;
    this.#size += kept.length;
    if (kept.length > 0) this.#chunks.push(kept);
    done();
  }
}
