import { type RawData, WebSocket } from 'ws';
import {
  TERMINAL_FRAME_BYTES,
  TERMINAL_SEQ_BYTES,
  terminalClientFrameSchema,
  terminalServerFrameSchema,
} from '../../../contract/terminal.ts';
import { CLOSE } from '../../../contract/workspace.ts';
import { closeSoon } from './authenticated.ts';
import { parseFrame, toBuffer } from './frames.ts';

/** When this many bytes wait for one side, the bridge stops reading the other side, until `LOW_WATER` is reached. */
const HIGH_WATER = 1024 * 1024;
const LOW_WATER = 256 * 1024;
/** Bytes that a page may send before the connection to the shell is open. */
const PENDING_BYTES = TERMINAL_FRAME_BYTES;
const CONNECT_MS = 5000;

export interface BridgeTarget {
  readonly url: string;
  readonly headers: Record<string, string>;
}

/**
 * Connects a page to a shell of the lab until either disconnects. Text frames of both sides are parsed. The lab may send forged frames: one
 * that breaks the protocol ends this bridge and affects nothing else.
 */
export class TerminalBridge {
  readonly #page: WebSocket;
  #agent: WebSocket | null = null;
  #pending: { data: Buffer | string; binary: boolean }[] = [];
  #pendingBytes = 0;
  #attached = false;

  /** Listens to the page at once. Its frames are queued until the target is known and connected. */
  constructor(page: WebSocket, target: Promise<BridgeTarget>) {
    this.#page = page;
    page.on('message', (data: RawData, isBinary: boolean) => this.#fromPage(data, isBinary));
    page.once('close', () => this.#end(1000, ''));
    target.then(
      (found) => this.#connect(found),
      () => this.#end(CLOSE.labAway, 'the lab is away'),
    );
  }

  #connect({ url, headers }: BridgeTarget): void {
    if (this.#page.readyState !== WebSocket.OPEN) return;
    const agent = new WebSocket(url, { headers, handshakeTimeout: CONNECT_MS, maxPayload: TERMINAL_FRAME_BYTES, perMessageDeflate: false });
    this.#agent = agent;
    agent.once('open', () => {
      for (const { data, binary } of this.#pending) forward(agent, this.#page, data, binary);
      this.#pending = [];
    });
    agent.on('message', (data: RawData, isBinary: boolean) => this.#fromAgent(agent, data, isBinary));
    // A refused connection emits `error` and then `close`. The page reconnects by itself in both cases.
    agent.on('error', () => this.#end(CLOSE.labAway, 'the agent does not answer'));
    agent.once('close', () => this.#end(CLOSE.labAway, 'the agent is gone'));
  }

  #fromPage(data: RawData, isBinary: boolean): void {
    if (this.#page.readyState !== WebSocket.OPEN) return;
    if (isBinary && this.#attached) {
      this.#toAgent(toBuffer(data), true);
      return;
    }
    const frame = isBinary ? null : parseFrame(data, terminalClientFrameSchema, TERMINAL_FRAME_BYTES);
    if (frame === null || (!this.#attached && frame.type !== 'attach')) {
      this.#end(CLOSE.badFrame, 'frame off the protocol');
      return;
    }
    this.#attached = true;
    this.#toAgent(JSON.stringify(frame), false);
  }

  #toAgent(data: Buffer | string, binary: boolean): void {
    if (this.#agent?.readyState === WebSocket.OPEN) {
      forward(this.#agent, this.#page, data, binary);
      return;
    }
    this.#pendingBytes += data.length;
    if (this.#pendingBytes > PENDING_BYTES) this.#end(CLOSE.badFrame, 'too much before the shell answers');
    else this.#pending.push({ data, binary });
  }

  #fromAgent(agent: WebSocket, data: RawData, isBinary: boolean): void {
    if (this.#page.readyState !== WebSocket.OPEN) return;
    const checked = isBinary ? outputOrNull(toBuffer(data)) : textOrNull(data);
    if (checked === null) this.#end(CLOSE.labAway, 'the agent broke the protocol');
    else forward(this.#page, agent, checked, isBinary);
  }

  #end(code: number, reason: string): void {
    this.#pending = [];
    closeSoon(this.#page, code, reason);
    if (this.#agent === null) return;
    if (this.#agent.readyState === WebSocket.CONNECTING) this.#agent.terminate();
    else closeSoon(this.#agent, 1000, 'page gone');
  }
}

/** Checks that a frame of output begins with a sequence number. */
function outputOrNull(bytes: Buffer): Buffer | null {
  return bytes.length >= TERMINAL_SEQ_BYTES ? bytes : null;
}

function textOrNull(data: RawData): string | null {
  const frame = parseFrame(data, terminalServerFrameSchema, TERMINAL_FRAME_BYTES);
  return frame === null ? null : JSON.stringify(frame);
}

/** Sends to `to`, and pauses reading `from` while `to` is slow. */
function forward(to: WebSocket, from: WebSocket, data: Buffer | string, binary: boolean): void {
  to.send(data, { binary }, () => {
    if (from.isPaused && to.bufferedAmount < LOW_WATER) from.resume();
  });
  if (to.bufferedAmount > HIGH_WATER && !from.isPaused) from.pause();
}
