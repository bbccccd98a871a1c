const FIRST_BYTES = 64 * 1024;

/** A buffer of a shell's latest output, addressed by sequence number. Grows up to `limit` bytes; then the oldest bytes are dropped. */
export class OutputRing {
  readonly #limit: number;
  #bytes: Buffer;
  #start: number;
  #end: number;

  /** `base`: the sequence number of the first byte. */
  constructor(limit: number, base: number) {
    this.#limit = limit;
    this.#bytes = Buffer.alloc(Math.min(FIRST_BYTES, limit));
    this.#start = base;
    this.#end = base;
  }

  /** Sequence number of the oldest byte kept. */
  get start(): number {
    return this.#start;
  }

  /** Sequence number of the next byte to come. */
  get end(): number {
    return this.#end;
  }

  append(output: Buffer): void {
    const kept = output.subarray(Math.max(0, output.length - this.#limit));
    this.#grow(this.#end - this.#start + output.length);
    this.#end += output.length;
    this.#start = Math.max(this.#start, this.#end - this.#bytes.length);
    const at = (this.#end - kept.length) % this.#bytes.length;
    const first = kept.subarray(0, this.#bytes.length - at);
    first.copy(this.#bytes, at);
    kept.copy(this.#bytes, 0, first.length);
  }

  /** The latest bytes, at most this many. */
  latest(length: number): Buffer {
    const from = Math.max(this.#start, this.#end - length);
    const bytes = Buffer.alloc(this.#end - from);
    this.copy(from, bytes);
    return bytes;
  }

  /** Copies bytes from `seq` on into `target`; returns how many. `seq` must be within the ring. */
  copy(seq: number, target: Buffer): number {
    const length = Math.min(target.length, this.#end - seq);
    const at = seq % this.#bytes.length;
    const first = Math.min(length, this.#bytes.length - at);
    this.#bytes.copy(target, 0, at, at + first);
    this.#bytes.copy(target, first, 0, length - first);
    return length;
  }

  #grow(needed: number): void {
    if (needed <= this.#bytes.length || this.#bytes.length === this.#limit) return;
    let size = this.#bytes.length;
    while (size < needed && size < this.#limit) size = Math.min(size * 2, this.#limit);
    const held = Buffer.alloc(this.#end - this.#start);
    this.copy(this.#start, held);
    this.#bytes = Buffer.alloc(size);
    const at = this.#start % size;
    const first = held.subarray(0, size - at);
    first.copy(this.#bytes, at);
    held.copy(this.#bytes, 0, first.length);
  }
}
