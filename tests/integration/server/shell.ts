import { vi } from 'vitest';
import type { WebSocket } from 'ws';
import { TERMINAL_SEQ_BYTES, type TerminalServerFrame, terminalServerFrameSchema } from '../../../contract/terminal.ts';
import type { RunningServer } from './running-server.ts';

/** The page's side of one terminal: collects the output and its position. */
export class Shell {
  text = '';
  seq: number | null = null;
  readonly frames: TerminalServerFrame[] = [];
  #socket: WebSocket | null = null;

  async attach(server: RunningServer, terminal: string): Promise<void> {
    const socket = await server.socket(`/ws/terminals/${terminal}`);
    this.#socket = socket;
    socket.on('message', (data: Buffer, binary: boolean) => {
      if (!binary) {
        this.frames.push(terminalServerFrameSchema.parse(JSON.parse(data.toString('utf8'))));
        return;
      }
      const output = data.subarray(TERMINAL_SEQ_BYTES);
      this.text += output.toString('utf8');
      this.seq = Number(data.readBigUInt64BE()) + output.length;
      socket.send(JSON.stringify({ type: 'ack', seq: this.seq }));
    });
    socket.send(JSON.stringify({ type: 'attach', after: this.seq, cols: 120, rows: 40 }));
    await vi.waitFor(() => {
      if (!this.frames.some(({ type }) => type === 'attached')) throw new Error('not attached');
    });
  }

  type(line: string): void {
    this.#socket?.send(Buffer.from(`${line}\r`));
  }

  async sees(text: string, timeout = 20_000): Promise<void> {
    await vi.waitFor(
      () => {
        if (!this.text.includes(text)) throw new Error(`« ${text} » is not in: ${this.text.slice(-2000)}`);
      },
      { timeout, interval: 50 },
    );
  }

  close(): void {
    this.#socket?.terminate();
  }
}
