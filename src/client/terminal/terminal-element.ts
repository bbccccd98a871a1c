import { workbenchParts } from '../connection/workbench-parts.ts';
import { h } from '../dom.ts';
import { ranCommands } from '../ran-commands.ts';
import { armed, type KeyName, pressed } from './soft-keys.ts';
import { type RunOutcome, TerminalConnection, type TerminalState } from './terminal-connection.ts';
import type { XtermScreen } from './xterm-screen.ts';

/** Bubbling event on the element: its state or its foreground program has changed. */
export const TERMINAL_CHANGED = 'escale:terminal';

/** Once the element has a size. Letters cannot be measured in a hidden element, and the shell would draw its first rows for another size. */
function onScreen(element: HTMLElement): Promise<void> {
  return new Promise((resolve) => {
    const watch = new ResizeObserver(() => {
      if (element.offsetWidth === 0 || element.offsetHeight === 0) return;
      watch.disconnect();
      resolve();
    });
    watch.observe(element);
  });
}

/** One terminal: its screen and its connection. It connects when first shown, and only once, even if the element is moved. */
export class TerminalElement extends HTMLElement {
  #opening: Promise<void> | undefined;
  #screen: XtermScreen | undefined;
  #connection: TerminalConnection | undefined;
  #state: TerminalState = { kind: 'connecting' };
  #foreground = '';
  #readable = false;

  get number(): string {
    return this.dataset.terminal ?? '1';
  }

  set readable(value: boolean) {
    this.#readable = value;
    if (this.#screen) this.#screen.readable = value;
  }

  get state(): TerminalState {
    return this.#state;
  }

  get foreground(): string {
    return this.#foreground;
  }

  /** The text on the screen and in its scrollback, for tests and for « copy all ». */
  get text(): string {
    return this.#screen?.text ?? '';
  }

  open(): Promise<void> {
    this.#opening ??= this.#open();
    return this.#opening;
  }

  override focus(): void {
    void this.open().then(() => this.#screen?.focus());
  }

  retry(): void {
    this.#connection?.retry();
  }

  close(): void {
    this.#connection?.stop();
    this.#screen?.close();
    this.remove();
  }

  /** Waits up to `patienceMs` for the shell, then types the command. */
  async run(command: string, force: boolean, patienceMs: number): Promise<RunOutcome> {
    await this.open();
    this.retry();
    await this.#whenAttached(patienceMs);
    return (await this.#connection?.run(command, force)) ?? 'offline';
  }

  /** Types text that the page intercepted before the terminal received it. */
  type(text: string): void {
    this.#connection?.type(text);
  }

  /** Waits up to `patienceMs` for the shell, then types what was typed ahead of it. */
  async typeLater(text: string, patienceMs: number): Promise<void> {
    await this.open();
    await this.#whenAttached(patienceMs);
    this.type(text);
  }

  press(key: KeyName): void {
    this.#connection?.type(pressed(key));
    this.#screen?.focus();
  }

  async #open(): Promise<void> {
    const host = h('div', { class: 'host' });
    this.replaceChildren(host);
    const [{ XtermScreen }] = await Promise.all([import('./xterm-screen.ts'), onScreen(host)]);
    const { number } = this;
    const screen = await XtermScreen.open(
      host,
      {
        typed: (text) => this.#typed(text),
        typedBytes: (binary) => this.#connection?.typeBytes(binary),
        resized: () => this.#connection?.resize(),
        ran: ranCommands.add,
        key: (event) => event.key === 'F6',
      },
      `Terminal ${number}`,
    );
    this.#screen = screen;
    screen.readable = this.#readable;
    this.#connection = new TerminalConnection(number, workbenchParts().session, screen, {
      state: (state) => this.#become(state),
      foreground: (name) => {
        this.#foreground = name;
        this.#changed();
      },
      error: (error) => screen.say(`${error.message} ${error.hint}`),
    });
    this.#connection.start();
  }

  #typed(text: string): void {
    if (this.#state.kind === 'exited') {
      if (text === '\r') this.#connection?.restart();
      return;
    }
    this.#connection?.type(armed(text));
  }

  #become(state: TerminalState): void {
    this.#state = state;
    if (this.#screen) this.#screen.listening = state.kind === 'attached' || state.kind === 'exited';
    if (state.kind === 'exited') this.#screen?.say(`Le shell s’est terminé (code ${state.code}). Entrée en ouvre un autre.`);
    this.dataset.state = state.kind;
    if (state.kind === 'attached') this.dataset.opened = '';
    this.#changed();
  }

  #changed(): void {
    this.dispatchEvent(new CustomEvent(TERMINAL_CHANGED, { bubbles: true }));
  }

  #whenAttached(patienceMs: number): Promise<void> {
    if (this.#connection?.attached) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.removeEventListener(TERMINAL_CHANGED, look);
        resolve();
      };
      const look = (): void => {
        if (this.#state.kind === 'attached') done();
      };
      const timer = setTimeout(done, patienceMs);
      this.addEventListener(TERMINAL_CHANGED, look);
    });
  }
}
