import { TERMINAL_SEQ_BYTES, TERMINAL_WINDOW_BYTES, type TerminalServerFrame } from '../../contract/terminal.ts';
import type { OutputRing } from './output-ring.ts';

const CHUNK_BYTES = 64 * 1024;

export interface ClientDoor {
  readonly sendOutput: (frame: Buffer) => void;
  readonly sendFrame: (frame: TerminalServerFrame) => void;
}

/** One client of a terminal: how far it was sent the output, and how far it has acknowledged it. */
export class TerminalClient {
  readonly #terminal: string;
  readonly #ring: OutputRing;
  readonly #door: ClientDoor;
  #sent = 0;
  #acked = 0;

  /** Replies `attached`. `after`: the sequence number up to which this client has the output. */
  constructor(terminal: string, ring: OutputRing, door: ClientDoor, after: number | null) {
    this.#terminal = terminal;
    this.#ring = ring;
    this.#door = door;
    const known = after !== null && after >= ring.start && after <= ring.end;
    this.#begin(known ? after : ring.start, after !== null && !known);
  }

  /** Whether a full window of output is unacknowledged, so that the shell may be paused. */
  get behind(): boolean {
    return this.#ring.end - this.#acked > TERMINAL_WINDOW_BYTES;
  }

  /** Whether all output of the shell was sent. */
  get upToDate(): boolean {
    return this.#sent === this.#ring.end;
  }

  ack(seq: number): void {
    this.#acked = Math.max(this.#acked, Math.min(seq, this.#sent));
  }

  tell(frame: TerminalServerFrame): void {
    this.#door.sendFrame(frame);
  }

  /**
   * Sends output, at most the window ahead of the acknowledgement. If the next bytes have left the ring, it starts again at the oldest byte
   * kept, as soon as the window allows.
   */
  pump(): void {
    for (;;) {
      const allowed = TERMINAL_WINDOW_BYTES - (this.#sent - this.#acked);
      if (allowed > 0 && this.#sent < this.#ring.start) this.#begin(this.#ring.start, true);
      const length = Math.min(CHUNK_BYTES, allowed, this.#ring.end - this.#sent);
      if (length <= 0) return;
      const frame = Buffer.allocUnsafe(TERMINAL_SEQ_BYTES + length);
      frame.writeBigUInt64BE(BigInt(this.#sent));
      this.#ring.copy(this.#sent, frame.subarray(TERMINAL_SEQ_BYTES));
      this.#sent += length;
      this.#door.sendOutput(frame);
    }
  }

  #begin(from: number, gap: boolean): void {
    this.#sent = from;
    this.#acked = from;
    this.#door.sendFrame({ type: 'attached', terminal: this.#terminal, from, gap });
  }
}
