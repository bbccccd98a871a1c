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

/** Bytes waiting for one side beyond which the other is not read any more, and below which it is again. */
const HIGH_WATER = 1024 * 1024;
const LOW_WATER = 256 * 1024;
/** Bytes a page may send before the shell's connection is open. */
const PENDING_BYTES = TERMINAL_FRAME_BYTES;
const CONNECT_MS = 5000;

export interface BridgeTarget {
  readonly url: string;
  readonly headers: Record<string, string>;
}

/**
 * Joins a page to a shell of the lab until either goes. Both sides' text frames are parsed; the lab's side is the
 * learner's own and may be forged, so a frame of it that breaks the protocol ends the bridge and touches nothing else.
 */
export class TerminalBridge {
  readonly #page: WebSocket;
  #agent: WebSocket | null = null;
  #pending: { data: Buffer | string; binary: boolean }[] = [];
  #pendingBytes = 0;
  #attached = false;

  /** Listens to the page at once; what it says waits until the target is known and answers. */
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
    // A refused connection emits `error` then `close`; the page comes back by itself either way.
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

/** Output has its sequence number in front. */
function outputOrNull(bytes: Buffer): Buffer | null {
  return bytes.length >= TERMINAL_SEQ_BYTES ? bytes : null;
}

function textOrNull(data: RawData): string | null {
  const frame = parseFrame(data, terminalServerFrameSchema, TERMINAL_FRAME_BYTES);
  return frame === null ? null : JSON.stringify(frame);
}

/** Sends to `to`, and stops reading `from` while `to` is slow. */
function forward(to: WebSocket, from: WebSocket, data: Buffer | string, binary: boolean): void {
  to.send(data, { binary }, () => {
    if (from.isPaused && to.bufferedAmount < LOW_WATER) from.resume();
  });
  if (to.bufferedAmount > HIGH_WATER && !from.isPaused) from.pause();
}
