import { FitAddon } from '@xterm/addon-fit';
import { WebglAddon } from '@xterm/addon-webgl';
import { Terminal } from '@xterm/xterm';
import { THEME_CHANGED } from '../theme.ts';
import { MINIMUM_CONTRAST, terminalColours } from './colours.ts';
import { watchCommands } from './command-marks.ts';
import { SETTINGS_CHANGED, terminalSettings } from './settings.ts';
import { strictDocument, useStrictSpans, withStrictElements } from './strict-document.ts';
import type { Screen } from './terminal-connection.ts';

export interface ScreenEvents {
  readonly typed: (text: string) => void;
  readonly typedBytes: (binary: string) => void;
  readonly resized: () => void;
  /** A command of the shell has ended. */
  readonly ran: (command: string) => void;
  /** Returns true if the key was handled and xterm must ignore it. */
  readonly key: (event: KeyboardEvent) => boolean;
}

const MONO = '"Source Code Pro Variable", ui-monospace, monospace';
/** Width of a letter of Source Code Pro, in em. */
const ADVANCE = 0.6;
/** Delay after the last change of size on a phone. */
const SETTLE_MS = 100;
const narrow = matchMedia('(max-width: 700px)');

/** An xterm instance, drawn with WebGL if there is a graphics card and with the DOM otherwise. */
export class XtermScreen implements Screen {
  readonly #terminal: Terminal;
  readonly #fit = new FitAddon();
  readonly #host: HTMLElement;
  readonly #life = new AbortController();
  readonly #watch = new ResizeObserver(() => this.#fitSoon());
  #settling: ReturnType<typeof setTimeout> | undefined;

  private constructor(host: HTMLElement, events: ScreenEvents, label: string) {
    this.#host = host;
    this.#terminal = new Terminal({
      allowProposedApi: true,
      documentOverride: strictDocument(document),
      cursorBlink: false,
      cursorInactiveStyle: 'outline',
      customGlyphs: true,
      drawBoldTextInBrightColors: false,
      fontFamily: MONO,
      fontSize: fontSize(),
      fontWeight: 400,
      fontWeightBold: 600,
      lineHeight: 1.2,
      macOptionIsMeta: terminalSettings().optionIsMeta,
      minimumContrastRatio: MINIMUM_CONTRAST,
      rightClickSelectsWord: false,
      scrollback: 10_000,
      theme: terminalColours(host),
    });
    this.#terminal.loadAddon(this.#fit);
    withStrictElements(document, () => this.#terminal.open(host));
    this.#terminal.textarea?.setAttribute('aria-label', label);
    // How to leave the terminal with the keyboard, for screen readers; the text is in `Frame.astro`.
    this.#terminal.textarea?.setAttribute('aria-describedby', 'sortie-du-terminal');
    this.#terminal.onData(events.typed);
    this.#terminal.onBinary(events.typedBytes);
    this.#terminal.onResize(events.resized);
    watchCommands(this.#terminal, events.ran);
    this.#terminal.attachCustomKeyEventHandler((event) => !events.key(event) && !this.#clipboardKey(event));
    const { signal } = this.#life;
    document.addEventListener(
      THEME_CHANGED,
      () => {
        this.#terminal.options.theme = terminalColours(host);
      },
      { signal },
    );
    document.addEventListener(
      SETTINGS_CHANGED,
      () => {
        this.#terminal.options.macOptionIsMeta = terminalSettings().optionIsMeta;
      },
      { signal },
    );
    narrow.addEventListener('change', () => this.#resizeLetters(), { signal });
    this.#watch.observe(host);
  }

  /** Opens the screen. The fonts must be loaded before letters are measured. Done in several tasks, so that the page stays responsive. */
  static async open(host: HTMLElement, events: ScreenEvents, label: string): Promise<XtermScreen> {
    await Promise.all([document.fonts.load(`400 13px ${MONO}`), document.fonts.load(`600 13px ${MONO}`)]);
    await nextTask();
    const screen = new XtermScreen(host, events, label);
    await nextTask();
    screen.#drawFast();
    await nextTask();
    screen.fit();
    return screen;
  }

  get size(): { cols: number; rows: number } {
    return { cols: this.#terminal.cols, rows: this.#terminal.rows };
  }

  /** All lines of the buffer, with wrapped lines joined. */
  get text(): string {
    const buffer = this.#terminal.buffer.active;
    const lines: string[] = [];
    for (let at = 0; at < buffer.length; at++) {
      const line = buffer.getLine(at);
      if (line === undefined) continue;
      const text = line.translateToString(true);
      if (line.isWrapped && lines.length > 0) lines[lines.length - 1] += text;
      else lines.push(text);
    }
    return lines.join('\n').trimEnd();
  }

  write(bytes: Uint8Array<ArrayBuffer>, done: () => void): void {
    this.#terminal.write(bytes, done);
  }

  /** Prints a line of the page's own between those of the shell. */
  say(text: string): void {
    this.#terminal.write(`\r\n\x1b[90m${text}\x1b[0m\r\n`);
  }

  clear(): void {
    this.#terminal.reset();
  }

  focus(): void {
    this.#terminal.focus();
  }

  /** Fits the terminal to its element. Does nothing while hidden, so that the size is unchanged when it is shown again. */
  fit(): void {
    if (this.#host.offsetWidth === 0 || this.#host.offsetHeight === 0) return;
    this.#fit.fit();
  }

  /** On a phone, the keyboard slides in over many sizes: only the last one is fitted, and drawn completely. */
  #fitSoon(): void {
    if (!narrow.matches) {
      this.fit();
      return;
    }
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => {
      this.fit();
      this.#terminal.refresh(0, this.#terminal.rows - 1);
    }, SETTLE_MS);
  }

  close(): void {
    clearTimeout(this.#settling);
    this.#life.abort();
    this.#watch.disconnect();
    this.#terminal.dispose();
  }

  #resizeLetters(): void {
    this.#terminal.options.fontSize = fontSize();
    if (this.#host.dataset.renderer === 'webgl') this.#terminal.options.letterSpacing = spacing(fontSize());
    this.fit();
  }

  set listening(value: boolean) {
    this.#terminal.options.disableStdin = !value;
    this.#terminal.options.cursorStyle = value ? 'block' : 'underline';
  }

  set readable(value: boolean) {
    this.#terminal.options.screenReaderMode = value;
  }

  #drawFast(): void {
    if (!hasGraphicsCard()) {
      this.#drawSlowly();
      return;
    }
    try {
      const webgl = new WebglAddon();
      webgl.onContextLoss(() => {
        this.#drawSlowly();
        webgl.dispose();
      });
      withStrictElements(document, () => this.#terminal.loadAddon(webgl));
      this.#host.dataset.renderer = 'webgl';
      this.#terminal.options.letterSpacing = spacing(this.#terminal.options.fontSize ?? 13);
    } catch {
      this.#drawSlowly();
    }
  }

  #drawSlowly(): void {
    useStrictSpans();
    this.#terminal.options.letterSpacing = 0;
    this.#host.dataset.renderer = 'dom';
  }

  /** Ctrl+Shift+C and Ctrl+Shift+V copy and paste. Ctrl+C copies if text is selected, and interrupts otherwise. */
  #clipboardKey(event: KeyboardEvent): boolean {
    if (event.type !== 'keydown' || event.altKey || !(event.ctrlKey || event.metaKey)) return false;
    const key = event.key.toLowerCase();
    const selected = this.#terminal.getSelection();
    if (key === 'c' && selected !== '' && (event.shiftKey || event.ctrlKey)) {
      void navigator.clipboard.writeText(selected).then(() => this.#terminal.clearSelection());
      event.preventDefault();
      return true;
    }
    // The browser's paste event follows, and xterm handles it.
    return key === 'v' && (event.shiftKey || event.metaKey || event.ctrlKey);
  }
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

/** Names of software renderers: Chromium's, Mesa's and Windows'. */
const BY_PROCESSOR = /swiftshader|llvmpipe|softpipe|microsoft basic render/i;

/**
 * Without a graphics card, WebGL is drawn by the processor and blocks the whole page; the DOM renderer is then faster. Chromium's
 * SwiftShader is returned even with `failIfMajorPerformanceCaveat`, so the renderer's name is checked too.
 */
function hasGraphicsCard(): boolean {
  const probe = document.createElement('canvas').getContext('webgl2', { failIfMajorPerformanceCaveat: true });
  if (probe === null) return false;
  const names = probe.getExtension('WEBGL_debug_renderer_info');
  const renderer: unknown = probe.getParameter(names?.UNMASKED_RENDERER_WEBGL ?? probe.RENDERER);
  // Browsers allow only a few contexts at a time.
  probe.getExtension('WEBGL_lose_context')?.loseContext();
  return !BY_PROCESSOR.test(String(renderer));
}

function fontSize(): number {
  return narrow.matches ? 12 : 13;
}

/** Cells of the WebGL renderer are a whole number of pixels wide, rounded down. Returns the pixel lost by rounding for this font size. */
function spacing(size: number): number {
  return Math.round((ADVANCE * size * devicePixelRatio) % 1);
}
