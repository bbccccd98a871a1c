import { TERMINAL_REPLAY_BYTES } from '../../contract/terminal.ts';
import type { AgentConfig } from '../config.ts';
import { errors } from '../errors.ts';
import { foregroundOf } from './foreground.ts';
import { existingFolder, type KeptTerminal, keptText } from './kept-terminals.ts';
import { OutputRing } from './output-ring.ts';
import { PromptWatch } from './prompt-watch.ts';
import { Shell } from './shell.ts';
import { type ClientChannel, TerminalClient } from './terminal-client.ts';
import { type RunOutcome, typeCommand } from './type-command.ts';

const MAX_CLIENTS = 16;
const FOREGROUND_MS = 300;
/** Maximum time that keys wait for a new shell to read lines. */
const EARLY_MS = 3000;
/** Output that is kept while the lab is stopped. */
const KEPT_BYTES = 256 * 1024;

export interface TerminalSize {
  readonly cols: number;
  readonly rows: number;
}

/** A shell, its recent output for clients that reconnect, and the clients attached now. */
export class Terminal {
  readonly #id: string;
  readonly #ring: OutputRing;
  readonly #prompt = new PromptWatch();
  readonly #shell: Shell;
  readonly #clients = new Set<TerminalClient>();
  #foreground = '';
  #watch: NodeJS.Timeout | null = null;
  #pumping = false;
  #exitCode: number | null = null;
  /** Keys typed before the shell reads lines; null from then on. */
  #early: Buffer[] | null = [];

  /** `base`: the sequence number of its first byte. `kept`: the terminal that it continues. `onExit` is called when the shell has ended. */
  constructor(id: string, config: AgentConfig, size: TerminalSize, base: number, kept: KeptTerminal | undefined, onExit: () => void) {
    this.#id = id;
    this.#ring = new OutputRing(TERMINAL_REPLAY_BYTES, base);
    if (kept !== undefined) this.#ring.append(keptText(kept));
    const events = {
      onOutput: (bytes: Buffer) => this.#output(bytes),
      onExit: (code: number) => {
        this.#exitCode = code;
        onExit();
        this.#pump();
      },
    };
    this.#shell = new Shell(config, size, events, existingFolder(kept?.folder) ?? undefined);
    setTimeout(() => this.#typeEarly(), EARLY_MS).unref();
  }

  /** The process id of its shell. */
  get shell(): number {
    return this.#shell.pid;
  }

  /** What the next shell with this id begins with. */
  keep(): KeptTerminal {
    return { id: this.#id, folder: this.#shell.folder ?? '', output: this.#ring.latest(KEPT_BYTES).toString('base64') };
  }

  /** The sequence number after the last byte. */
  get lastByte(): number {
    return this.#ring.end;
  }

  attach(channel: ClientChannel, after: number | null, size: TerminalSize): TerminalClient {
    if (this.#clients.size >= MAX_CLIENTS) throw errors.tooManyClients(MAX_CLIENTS);
    this.#shell.resize(size);
    const client = new TerminalClient(this.#id, this.#ring, channel, after);
    client.tell({ type: 'foreground', name: this.#foreground });
    this.#clients.add(client);
    this.#watch ??= setInterval(() => this.#tellForeground(), FOREGROUND_MS);
    this.#pump();
    return client;
  }

  detach(client: TerminalClient): void {
    this.#clients.delete(client);
    if (this.#clients.size === 0 && this.#watch !== null) {
      clearInterval(this.#watch);
      this.#watch = null;
    }
    this.#hold();
  }

  ack(client: TerminalClient, seq: number): void {
    client.ack(seq);
    this.#pump();
  }

  resize(size: TerminalSize): void {
    this.#shell.resize(size);
  }

  /** Returns false when the shell does not keep up; `whenRoom` tells when to continue. */
  type(keys: Buffer): boolean {
    this.#prompt.typed(keys);
    if (this.#early === null) this.#shell.input.write(keys);
    else this.#early.push(keys);
    return !this.#shell.input.full;
  }

  whenRoom(tell: () => void): void {
    this.#shell.input.whenRoom(tell);
  }

  run(command: string, force: boolean): Promise<RunOutcome> {
    return typeCommand(this.#shell, this.#prompt, (keys) => this.type(keys), command, force);
  }

  end(): void {
    this.#shell.end();
  }

  #typeEarly(): void {
    const early = this.#early ?? [];
    this.#early = null;
    for (const keys of early) this.#shell.input.write(keys);
  }

  #output(bytes: Buffer): void {
    this.#ring.append(bytes);
    this.#prompt.output(bytes);
    if (this.#prompt.reads) this.#typeEarly();
    this.#hold();
    if (this.#pumping) return;
    this.#pumping = true;
    setImmediate(() => {
      this.#pumping = false;
      this.#pump();
    });
  }

  #pump(): void {
    for (const client of this.#clients) {
      client.pump();
      if (this.#exitCode === null || !client.upToDate) continue;
      client.tell({ type: 'exit', code: this.#exitCode });
      this.detach(client);
    }
    this.#hold();
  }

  /** Pauses the shell while every attached client is behind. Without clients it runs on. */
  #hold(): void {
    this.#shell.hold(this.#clients.size > 0 && [...this.#clients].every((client) => client.behind));
  }

  #tellForeground(): void {
    const name = foregroundOf(this.#shell.pid).slice(0, 200);
    if (name === this.#foreground) return;
    this.#foreground = name;
    for (const client of this.#clients) client.tell({ type: 'foreground', name });
  }
}
