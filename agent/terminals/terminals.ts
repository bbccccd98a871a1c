import type { AgentConfig } from '../config.ts';
import { errors } from '../errors.ts';
import { Terminal, type TerminalSize } from './terminal.ts';

const MAX_TERMINALS = 8;

/** The shells of the lab, by id. They live on without clients, until they end or are closed. */
export class Terminals {
  readonly #config: AgentConfig;
  readonly #open = new Map<string, Terminal>();
  #lastEnd = 0;

  constructor(config: AgentConfig) {
    this.#config = config;
  }

  /** The terminal with that id; starts a new shell if there is none. */
  open(id: string, size: TerminalSize): Terminal {
    const there = this.#open.get(id);
    if (there !== undefined) return there;
    if (this.#open.size >= MAX_TERMINALS) throw errors.tooManyTerminals(MAX_TERMINALS);
    const terminal: Terminal = new Terminal(id, this.#config, size, this.#base(), () => this.#forget(id, terminal));
    this.#open.set(id, terminal);
    return terminal;
  }

  close(id: string): void {
    this.#open.get(id)?.end();
  }

  closeAll(): void {
    for (const terminal of this.#open.values()) terminal.end();
  }

  #forget(id: string, terminal: Terminal): void {
    this.#lastEnd = Math.max(this.#lastEnd, terminal.lastByte);
    if (this.#open.get(id) === terminal) this.#open.delete(id);
  }

  /** Increases from shell to shell, also across restarts of the agent, so that no client continues from another shell's output. */
  #base(): number {
    return Math.max(Date.now() * 1024, this.#lastEnd + 1);
  }
}
