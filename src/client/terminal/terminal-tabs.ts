import { h, icon } from '../dom.ts';
import { TERMINAL_CHANGED, TerminalElement } from './terminal-element.ts';

const OPEN = 'escale.terminals';
/** Maximum number of terminals, so that their tabs stay distinguishable. */
const MOST = 6;

interface Tab {
  readonly terminal: TerminalElement;
  readonly button: HTMLButtonElement;
  readonly program: HTMLElement;
}

/** The lab's terminals and their tabs. */
export class TerminalTabs {
  readonly list = h('div', { role: 'tablist', 'aria-label': 'Terminaux' });
  readonly add = h('button', { type: 'button', class: 'btn bare icon small', 'aria-label': 'Nouveau terminal' }, icon('plus'));
  readonly #tabs: Tab[] = [];
  #stack: HTMLElement | undefined;
  #current: Tab | undefined;
  #begun = false;
  #reader = false;

  constructor() {
    this.add.addEventListener('click', () => {
      this.#select(this.#open(this.#free()));
      this.#keep();
      this.current?.focus();
    });
    this.list.addEventListener('keydown', (event) => this.#arrow(event));
  }

  get current(): TerminalElement | undefined {
    return this.#current?.terminal;
  }

  /** The terminals that are not on screen, and a function to show each. */
  others(): { number: string; show: () => void }[] {
    return this.#tabs
      .filter((tab) => tab !== this.#current)
      .map(({ terminal, button }) => ({ number: terminal.number, show: () => button.click() }));
  }

  mount(stack: HTMLElement): void {
    this.#stack = stack;
    const [first, ...others] = kept().map((number) => this.#open(number));
    if (first !== undefined) this.#select(first, false);
    for (const tab of others) tab.terminal.hidden = true;
  }

  /** The lab is ready: opens the shell of the terminal on screen. */
  begin(): void {
    this.#begun = true;
    void this.#current?.terminal.open();
  }

  /** Toggles xterm's screen reader mode, which is off by default because it costs speed. */
  toggleReader(): boolean {
    this.#reader = !this.#reader;
    for (const { terminal } of this.#tabs) terminal.readable = this.#reader;
    return this.#reader;
  }

  retry(): void {
    for (const { terminal } of this.#tabs) terminal.retry();
  }

  #free(): string {
    const taken = new Set(this.#tabs.map((tab) => tab.terminal.number));
    for (let number = 1; ; number++) if (!taken.has(String(number))) return String(number);
  }

  #open(number: string): Tab {
    const terminal = new TerminalElement();
    terminal.dataset.terminal = number;
    terminal.id = `terminal-${number}`;
    terminal.setAttribute('role', 'tabpanel');
    terminal.setAttribute('aria-label', `Terminal ${number}`);
    terminal.readable = this.#reader;
    const program = h('span', { class: 'dim' });
    const button = h(
      'button',
      { type: 'button', role: 'tab', 'aria-controls': terminal.id, 'aria-selected': 'false', tabindex: '-1' },
      `Terminal ${number}`,
      program,
    );
    const tab: Tab = { terminal, button, program };
    button.addEventListener('click', () => {
      this.#select(tab);
      terminal.focus();
    });
    terminal.addEventListener(TERMINAL_CHANGED, () => this.#changed(tab));
    this.#tabs.push(tab);
    this.list.append(button);
    this.#stack?.append(terminal);
    this.add.hidden = this.#tabs.length >= MOST;
    return tab;
  }

  #select(tab: Tab, open = this.#begun): void {
    this.#current = tab;
    for (const each of this.#tabs) {
      const chosen = each === tab;
      each.button.setAttribute('aria-selected', String(chosen));
      each.button.tabIndex = chosen ? 0 : -1;
      each.terminal.hidden = !chosen;
    }
    if (open) void tab.terminal.open();
  }

  /** Closes a terminal when its shell has ended, except the first one. */
  #changed(tab: Tab): void {
    tab.program.textContent = tab.terminal.foreground;
    if (tab.terminal.state.kind !== 'exited' || this.#tabs[0] === tab) return;
    const at = this.#tabs.indexOf(tab);
    if (at < 0) return;
    const hadFocus = tab.terminal.contains(document.activeElement);
    this.#tabs.splice(at, 1);
    tab.button.remove();
    tab.terminal.close();
    this.add.hidden = false;
    const before = this.#tabs[at - 1];
    if (this.#current === tab && before !== undefined) this.#select(before);
    if (hadFocus) this.current?.focus();
    this.#keep();
  }

  #arrow(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined || this.#current === undefined) return;
    const next = this.#tabs.at((this.#tabs.indexOf(this.#current) + step) % this.#tabs.length);
    if (next === undefined) return;
    this.#select(next);
    next.button.focus();
    event.preventDefault();
  }

  #keep(): void {
    try {
      sessionStorage.setItem(OPEN, this.#tabs.map((tab) => tab.terminal.number).join(','));
    } catch {
      // Without storage, a reload shows one terminal; the other shells keep running in the lab.
      document.documentElement.dataset.memory = 'none';
    }
  }
}

/** The terminals that this browser tab had open. */
function kept(): string[] {
  try {
    const numbers = (sessionStorage.getItem(OPEN) ?? '').split(',').filter((text) => /^[1-9]$/.test(text));
    return numbers.length > 0 ? [...new Set(numbers)].slice(0, MOST) : ['1'];
  } catch {
    return ['1'];
  }
}
