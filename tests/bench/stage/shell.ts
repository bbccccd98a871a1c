import { once } from 'node:events';
import { WebSocket } from 'ws';
import { TERMINAL_SEQ_BYTES, type TerminalClientFrame } from '../../../contract/terminal.ts';

/** A terminal of the page without a page: the output as text, and the keys. */
export class Shell {
  readonly #socket: WebSocket;
  #output = '';

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data, binary) => {
      if (binary && Buffer.isBuffer(data)) this.#output += data.subarray(TERMINAL_SEQ_BYTES).toString('utf8');
    });
  }

  static async open(origin: string, token: string, terminal: string): Promise<Shell> {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/ws/terminals/${terminal}`, { origin });
    const shell = new Shell(socket);
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'auth', token }));
    socket.send(JSON.stringify({ type: 'attach', after: null, cols: 80, rows: 24 } satisfies TerminalClientFrame));
    return shell;
  }

  type(keys: string): void {
    this.#socket.send(Buffer.from(keys));
  }

  /** Resolves once the output since the last call holds `marker`; rejects after `withinMs`. */
  async shows(marker: string, withinMs: number): Promise<void> {
    const late = AbortSignal.timeout(withinMs);
    while (!this.#output.includes(marker)) await once(this.#socket, 'message', { signal: late });
    this.#output = '';
  }

  close(): void {
    this.#socket.terminate();
  }
}
