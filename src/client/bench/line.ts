import { CLOSE } from '../../../contract/workspace.ts';
import { backoff } from './backoff.ts';
import { type NoSession, type Session, SessionError } from './session.ts';

export type LineState =
  | { readonly kind: 'connecting' }
  /** The server accepted the token: a frame was received. */
  | { readonly kind: 'open' }
  /** `retryAt`: time of the next try, as from `Date.now()`. */
  | { readonly kind: 'down'; readonly retryAt: number; readonly labAway: boolean }
  | { readonly kind: 'ended'; readonly reason: NoSession | 'bad-frame' };

export interface LineOptions {
  /** Path of the websocket: `/ws/workspace`. */
  readonly path: string;
  readonly session: Session;
  /** The socket is open and the token was sent; sends the first frames. */
  readonly opened: () => void;
  readonly text: (data: unknown) => void;
  readonly binary?: (data: Uint8Array<ArrayBuffer>) => void;
  readonly state: (state: LineState) => void;
}

/** A websocket that reconnects by itself. It sends its token first, waits longer after each failure, and reports why it is down. */
export class Line {
  readonly #options: LineOptions;
  #socket: WebSocket | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #tries = 0;
  #refused = false;
  #stopped = true;
  #state: LineState = { kind: 'connecting' };

  constructor(options: LineOptions) {
    this.#options = options;
  }

  get state(): LineState {
    return this.#state;
  }

  start(): void {
    if (!this.#stopped) return;
    this.#stopped = false;
    void this.#connect();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close(1000);
  }

  /** Retries at once instead of waiting. */
  retry(): void {
    if (this.#stopped || this.#socket !== undefined || this.#state.kind === 'connecting') return;
    clearTimeout(this.#timer);
    void this.#connect();
  }

  /** Returns false when the connection is not open; nothing is queued. */
  send(data: string | Uint8Array<ArrayBuffer>): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(data);
    return true;
  }

  async #connect(): Promise<void> {
    this.#become({ kind: 'connecting' });
    let token: string;
    try {
      token = await this.#options.session.token();
    } catch (error) {
      if (this.#stopped) return;
      if (error instanceof SessionError) this.#become({ kind: 'ended', reason: error.reason });
      else this.#wait(false);
      return;
    }
    if (this.#stopped) return;
    const url = new URL(this.#options.path, location.href);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(url);
    this.#socket = socket;
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('open', () => {
      if (this.#socket !== socket) return;
      socket.send(JSON.stringify({ type: 'auth', token }));
      this.#options.opened();
    });
    socket.addEventListener('message', (event) => this.#message(socket, event.data));
    socket.addEventListener('close', (event) => this.#closed(socket, event.code));
  }

  #message(socket: WebSocket, data: unknown): void {
    if (this.#socket !== socket) return;
    // A frame was received: the token is valid, so reset the count of failures.
    this.#tries = 0;
    this.#refused = false;
    if (this.#state.kind !== 'open') this.#become({ kind: 'open' });
    if (data instanceof ArrayBuffer) this.#options.binary?.(new Uint8Array(data));
    else if (typeof data === 'string') this.#options.text(parsed(data));
  }

  #closed(socket: WebSocket, code: number): void {
    if (this.#socket !== socket) return;
    this.#socket = undefined;
    if (this.#stopped) return;
    if (code === CLOSE.badFrame) {
      this.#become({ kind: 'ended', reason: 'bad-frame' });
      return;
    }
    if (code === CLOSE.unauthorized) {
      this.#options.session.forget();
      // The server has restarted: request a new token at once. If that one is refused too, retry with growing delays.
      const first = !this.#refused;
      this.#refused = true;
      if (first) {
        void this.#connect();
        return;
      }
    }
    this.#wait(code === CLOSE.labAway);
  }

  #wait(labAway: boolean): void {
    const delay = backoff(this.#tries++);
    this.#become({ kind: 'down', retryAt: Date.now() + delay, labAway });
    this.#timer = setTimeout(() => void this.#connect(), delay);
  }

  #become(state: LineState): void {
    this.#state = state;
    this.#options.state(state);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
