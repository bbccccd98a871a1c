import { writeSync } from 'node:fs';
import { errorCode } from '../errors.ts';

const RETRY_MS = 10;
/** Maximum bytes per write to the kernel. */
const SLICE_BYTES = 4096;
/** Maximum bytes queued for a program that does not read its input; above it, the sender is told to wait. */
const HIGH_BYTES = 64 * 1024;

/**
 * The queue of keys for a shell. Writes to the terminal's own descriptor, which never blocks: node-pty's `write` would queue without limit
 * and busy-loop while the kernel's buffer is full.
 */
export class PtyInput {
  readonly #fd: number;
  #queue: Buffer[] = [];
  #queued = 0;
  #timer: NodeJS.Timeout | null = null;
  #closed = false;
  #onRoom: Array<() => void> = [];

  constructor(fd: number) {
    this.#fd = fd;
  }

  get full(): boolean {
    return this.#queued > HIGH_BYTES;
  }

  write(keys: Buffer): void {
    if (this.#closed || keys.length === 0) return;
    this.#queue.push(keys);
    this.#queued += keys.length;
    if (this.#timer === null) this.#flush();
  }

  /** Calls back once, when there is room again. */
  whenRoom(tell: () => void): void {
    this.#onRoom.push(tell);
  }

  /** Call when the descriptor is closed: nothing is written afterwards. */
  close(): void {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#drop();
  }

  #flush(): void {
    this.#timer = null;
    while (!this.#closed) {
      const first = this.#queue[0];
      if (first === undefined) break;
      const written = this.#try(first);
      if (written === null) {
        this.#drop();
        return;
      }
      if (written === 0) {
        this.#timer = setTimeout(() => this.#flush(), RETRY_MS);
        break;
      }
      this.#queued -= written;
      if (written === first.length) this.#queue.shift();
      else this.#queue[0] = first.subarray(written);
    }
    if (!this.full) this.#tellRoom();
  }

  /** The number of bytes written; 0 when the kernel's buffer is full, null when the terminal is closed. */
  #try(bytes: Buffer): number | null {
    try {
      return writeSync(this.#fd, bytes, 0, Math.min(bytes.length, SLICE_BYTES));
    } catch (error) {
      return errorCode(error) === 'EAGAIN' ? 0 : null;
    }
  }

  #drop(): void {
    this.#queue = [];
    this.#queued = 0;
    this.#tellRoom();
  }

  #tellRoom(): void {
    const waiting = this.#onRoom;
    this.#onRoom = [];
    for (const tell of waiting) tell();
  }
}
