import {
  TERMINAL_SEQ_BYTES,
  type TerminalClientFrame,
  type TerminalServerFrame,
  terminalServerFrameSchema,
} from '../../../contract/terminal.ts';
import { Line, type LineState } from '../bench/line.ts';
import type { Session } from '../bench/session.ts';

/** Draws the output: xterm, or a fake in tests. */
export interface Screen {
  readonly size: { readonly cols: number; readonly rows: number };
  /** Draws bytes; calls `done` once they are on screen. */
  write(bytes: Uint8Array<ArrayBuffer>, done: () => void): void;
  clear(): void;
}

export type RunOutcome =
  | 'typed'
  | 'busy'
  | 'not-empty'
  /** The terminal is not attached, so nothing was sent. */
  | 'offline'
  /** The connection was lost before the reply: the command may or may not have been typed. It is never sent again. */
  | 'unknown';

export interface ConnectionEvents {
  readonly state: (state: TerminalState) => void;
  readonly foreground: (name: string) => void;
  readonly error: (error: { code: string; message: string; hint: string }) => void;
}

export type TerminalState = { readonly kind: 'connecting' | 'attached' | 'away' } | { readonly kind: 'exited'; readonly code: number };

/** Bytes drawn between two acknowledgements, so that a flood of output does not cause a flood of acknowledgements. */
const ACK_EVERY = 32 * 1024;
/** Maximum frame size for pasted text. */
const INPUT_CHUNK = 64 * 1024;
const RUN_DEADLINE_MS = 10_000;

/**
 * The browser's end of one terminal, as specified in `contract/terminal.ts`. Draws output once and in order, whatever happens to the
 * connection.
 */
export class TerminalConnection {
  readonly #line: Line;
  readonly #screen: Screen;
  readonly #events: ConnectionEvents;
  /** Sequence number after the last byte given to the screen; null while it has none. */
  #have: number | null = null;
  #drawn = 0;
  #acked = 0;
  #attached = false;
  #exited = false;
  readonly #runs = new Map<string, (outcome: RunOutcome) => void>();

  constructor(id: string, session: Session, screen: Screen, events: ConnectionEvents) {
    this.#screen = screen;
    this.#events = events;
    this.#line = new Line({
      path: `/ws/terminals/${id}`,
      session,
      opened: () => this.#attach(),
      text: (data) => this.#frame(data),
      binary: (data) => this.#output(data),
      state: (state) => this.#lineChanged(state),
    });
  }

  get attached(): boolean {
    return this.#attached;
  }

  start(): void {
    this.#line.start();
  }

  stop(): void {
    this.#line.stop();
    this.#lose();
  }

  retry(): void {
    this.#line.retry();
  }

  /** Sends typed text. Nothing is queued while the connection is down, so that keys never arrive later in another context. */
  type(text: string): void {
    if (!this.#attached) return;
    const bytes = new TextEncoder().encode(text);
    for (let at = 0; at < bytes.length; at += INPUT_CHUNK) this.#line.send(bytes.slice(at, at + INPUT_CHUNK));
  }

  /** Sends raw bytes: mouse reports are not UTF-8 text. */
  typeBytes(binary: string): void {
    if (this.#attached) this.#line.send(Uint8Array.from(binary, (char) => char.charCodeAt(0)));
  }

  resize(): void {
    if (this.#attached) this.#send({ type: 'resize', ...this.#screen.size });
  }

  /** Types a command of the lesson. It is sent once and never repeated, whatever happens to the connection. */
  run(command: string, force: boolean): Promise<RunOutcome> {
    if (!this.#attached) return Promise.resolve('offline');
    const id = crypto.randomUUID();
    const { promise, resolve } = Promise.withResolvers<RunOutcome>();
    const timer = setTimeout(() => this.#answer(id, 'unknown'), RUN_DEADLINE_MS);
    this.#runs.set(id, (outcome) => {
      clearTimeout(timer);
      resolve(outcome);
    });
    if (!this.#send({ type: 'run', id, command, force })) this.#answer(id, 'offline');
    return promise;
  }

  /** Starts a new shell after the last one has ended. */
  restart(): void {
    if (!this.#exited) return;
    this.#exited = false;
    this.#have = null;
    this.#attach();
  }

  #attach(): void {
    if (this.#exited) return;
    this.#send({ type: 'attach', after: this.#have, ...this.#screen.size });
  }

  #send(frame: TerminalClientFrame): boolean {
    return this.#line.send(JSON.stringify(frame));
  }

  #lineChanged(state: LineState): void {
    if (state.kind === 'open') return;
    this.#lose();
    if (!this.#exited) this.#events.state({ kind: state.kind === 'connecting' ? 'connecting' : 'away' });
  }

  #lose(): void {
    this.#attached = false;
    for (const id of [...this.#runs.keys()]) this.#answer(id, 'unknown');
  }

  #answer(id: string, outcome: RunOutcome): void {
    const resolve = this.#runs.get(id);
    this.#runs.delete(id);
    resolve?.(outcome);
  }

  #frame(data: unknown): void {
    const { success, data: frame } = terminalServerFrameSchema.safeParse(data);
    if (success) this.#heard(frame);
  }

  #heard(frame: TerminalServerFrame): void {
    switch (frame.type) {
      case 'attached':
        if (frame.gap || (this.#have !== null && frame.from !== this.#have)) this.#screen.clear();
        this.#have = frame.from;
        this.#drawn = frame.from;
        this.#acked = frame.from;
        this.#attached = true;
        this.#events.state({ kind: 'attached' });
        // The window's size may have changed while the connection was down.
        this.resize();
        break;
      case 'ran':
        this.#answer(frame.id, frame.outcome);
        break;
      case 'foreground':
        this.#events.foreground(frame.name);
        break;
      case 'exit':
        this.#exited = true;
        this.#lose();
        this.#events.state({ kind: 'exited', code: frame.code });
        break;
      case 'error':
        this.#events.error(frame.error);
        break;
    }
  }

  #output(data: Uint8Array<ArrayBuffer>): void {
    if (data.length < TERMINAL_SEQ_BYTES || this.#have === null) return;
    const seq = Number(new DataView(data.buffer, data.byteOffset).getBigUint64(0));
    const bytes = data.subarray(TERMINAL_SEQ_BYTES);
    // Skip the bytes that the screen has already.
    const fresh = seq < this.#have ? bytes.subarray(Math.min(bytes.length, this.#have - seq)) : bytes;
    if (fresh.length === 0) return;
    const end = seq + bytes.length;
    this.#have = end;
    this.#screen.write(fresh, () => this.#wasDrawn(end));
  }

  #wasDrawn(end: number): void {
    this.#drawn = Math.max(this.#drawn, end);
    const idle = this.#drawn === this.#have;
    if (this.#drawn > this.#acked && (idle || this.#drawn - this.#acked >= ACK_EVERY)) {
      if (this.#attached && this.#send({ type: 'ack', seq: this.#drawn })) this.#acked = this.#drawn;
    }
  }
}
