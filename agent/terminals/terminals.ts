import type { AgentConfig } from '../config.ts';
import { errors } from '../errors.ts';
import { type KeptTerminal, keepTerminals, takeKeptTerminals } from './kept-terminals.ts';
import { Terminal, type TerminalSize } from './terminal.ts';

const MAX_TERMINALS = 8;

/** The shells of the lab, by id. They live on without clients, until they end or are closed; a stop of the lab keeps what they have written. */
export class Terminals {
  readonly #config: AgentConfig;
  readonly #open = new Map<string, Terminal>();
  /** Those of the lab's last run that were not opened since. */
  readonly #kept: Map<string, KeptTerminal>;
  #lastEnd = 0;
  #onEmpty: () => void = () => undefined;

  constructor(config: AgentConfig) {
    this.#config = config;
    this.#kept = takeKeptTerminals(config.keptTerminals);
  }

  /** The process ids of the shells. */
  get shells(): ReadonlySet<number> {
    return new Set([...this.#open.values()].map(({ shell }) => shell));
  }

  /** The terminal with that id; starts a new shell if there is none. */
  open(id: string, size: TerminalSize): Terminal {
    const there = this.#open.get(id);
    if (there !== undefined) return there;
    if (this.#open.size >= MAX_TERMINALS) throw errors.tooManyTerminals(MAX_TERMINALS);
    const kept = this.#kept.get(id);
    this.#kept.delete(id);
    const terminal: Terminal = new Terminal(id, this.#config, size, this.#base(), kept, () => this.#forget(id, terminal));
    this.#open.set(id, terminal);
    return terminal;
  }

  close(id: string): void {
    this.#open.get(id)?.end();
  }

  /** Keeps what the shells have written for the lab's next run, then ends them; resolves once they have ended. */
  async closeAll(): Promise<void> {
    keepTerminals(this.#config.keptTerminals, [...this.#kept.values(), ...[...this.#open.values()].map((terminal) => terminal.keep())]);
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    this.#onEmpty = resolve;
    if (this.#open.size === 0) resolve();
    for (const terminal of this.#open.values()) terminal.end();
    await ended;
  }

  #forget(id: string, terminal: Terminal): void {
    this.#lastEnd = Math.max(this.#lastEnd, terminal.lastByte);
    if (this.#open.get(id) === terminal) this.#open.delete(id);
    if (this.#open.size === 0) this.#onEmpty();
  }

  /** Increases from shell to shell, also across restarts of the agent, so that no client continues from another shell's output. */
  #base(): number {
    return Math.max(Date.now() * 1024, this.#lastEnd + 1);
  }
}
