import { once } from 'node:events';
import { vi } from 'vitest';
import { WebSocket } from 'ws';
import {
  TERMINAL_SEQ_BYTES,
  type TerminalClientFrame,
  type TerminalServerFrame,
  terminalServerFrameSchema,
} from '../../../contract/terminal.ts';
import type { RunningAgent } from './start-agent.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are made of them.
const ESCAPES = /\x1b\[[?\d;]*[a-z]|\x1b\][^\x07]*\x07/gi;

/** The input of the schemas, without the fields that have defaults. */
type Sent = TerminalClientFrame | { type: 'run'; id: string; command: string };

/** A terminal client controlled by a test. It acknowledges at once, unless told to stall. */
export class TerminalSession {
  readonly socket: WebSocket;
  readonly frames: TerminalServerFrame[] = [];
  output = Buffer.alloc(0);
  /** Bytes received, including those before a gap. */
  received = 0;
  seq = 0;
  stalled = false;
  closed: { code: number; reason: string } | null = null;
  #read: { output: Buffer; text: string } | null = null;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString() };
    });
    socket.on('message', (data, binary) => {
      if (!Buffer.isBuffer(data)) throw new Error('a frame in parts');
      if (binary) this.#output(data);
      else this.#frame(terminalServerFrameSchema.parse(JSON.parse(data.toString('utf8'))));
    });
  }

  static async open(agent: RunningAgent, terminal: string): Promise<TerminalSession> {
    const { url, headers } = agent.client.terminalUrl(terminal);
    const session = new TerminalSession(new WebSocket(url, { headers }));
    await once(session.socket, 'open');
    return session;
  }

  static async attached(agent: RunningAgent, terminal: string, after: number | null = null): Promise<TerminalSession> {
    const session = await TerminalSession.open(agent, terminal);
    session.send({ type: 'attach', after, cols: 80, rows: 24 });
    await session.until(() => session.frames.length > 0);
    return session;
  }

  send(frame: Sent): void {
    this.socket.send(JSON.stringify(frame));
  }

  type(keys: string | Buffer): void {
    this.socket.send(Buffer.from(keys));
  }

  /** The end of the output as a reader sees it: without escape sequences. */
  get text(): string {
    // Tests poll this every few milliseconds, so it is computed once per output.
    if (this.#read?.output !== this.output) {
      const text = this.output
        .toString('utf8')
        .replace(ESCAPES, '')
        .replace(/\r(?!\n)/g, '');
      this.#read = { output: this.output, text };
    }
    return this.#read?.text ?? '';
  }

  last<T extends TerminalServerFrame['type']>(type: T): Extract<TerminalServerFrame, { type: T }> | undefined {
    return this.frames.filter((frame): frame is Extract<TerminalServerFrame, { type: T }> => frame.type === type).at(-1);
  }

  async run(command: string, force = false): Promise<string> {
    const id = `r${this.frames.length}`;
    this.send({ type: 'run', id, command, force });
    await this.until(() => this.last('ran')?.id === id);
    return this.last('ran')?.outcome ?? '';
  }

  async until(met: () => boolean, ms = 10_000): Promise<void> {
    try {
      // Looking costs processor time that a flood needs too.
      await vi.waitUntil(met, { timeout: ms, interval: 50 });
    } catch (cause) {
      const frames = JSON.stringify(this.frames.slice(-5));
      throw new Error(`not within ${ms} ms; frames ${frames}; output ends ${JSON.stringify(this.text.slice(-300))}`, { cause });
    }
  }

  sees(text: string, ms?: number): Promise<void> {
    return this.until(() => this.text.includes(text), ms);
  }

  async leave(): Promise<void> {
    this.socket.close();
    await this.until(() => this.closed !== null);
  }

  #output(frame: Buffer): void {
    const from = Number(frame.readBigUInt64BE());
    if (from !== this.seq) throw new Error(`output at ${from}, expected at ${this.seq}`);
    const bytes = frame.subarray(TERMINAL_SEQ_BYTES);
    this.seq += bytes.length;
    this.received += bytes.length;
    this.output = Buffer.concat([this.output, bytes]).subarray(-200_000);
    if (!this.stalled) this.send({ type: 'ack', seq: this.seq });
  }

  #frame(frame: TerminalServerFrame): void {
    this.frames.push(frame);
    if (frame.type !== 'attached') return;
    this.seq = frame.from;
    if (frame.gap) this.output = Buffer.alloc(0);
  }
}
