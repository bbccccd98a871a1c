const ESC = 0x1b;
const BEL = 0x07;
const LONGEST_MARK = 8;

/** Escape sequences in the shell's output, and their meaning. The lab's prompt emits the OSC 133 marks, readline the others. */
const MARKS: ReadonlyArray<readonly [string, 'prompt' | 'prompt-end' | 'command' | 'paste-on' | 'paste-off']> = [
  ['\x1b]133;A', 'prompt'],
  ['\x1b]133;B', 'prompt-end'],
  ['\x1b]133;C', 'command'],
  ['\x1b[?2004h', 'paste-on'],
  ['\x1b[?2004l', 'paste-off'],
];

/** Keys after which the shell's line is empty again: Enter, ^C, ^D, ^J, ^Z. */
const LINE_ENDS = new Set([0x0d, 0x0a, 0x03, 0x04, 0x1a]);

/**
 * Follows a shell's output and keys to know whether its prompt waits with an empty line. If the prompt also marks its end (133;B), text
 * typed ahead is recognised by its echo after the mark. Otherwise any key typed while a program ran counts as text on the line.
 */
export class PromptWatch {
  #carry = Buffer.alloc(0);
  #seen = false;
  #waiting = false;
  #keysSincePrompt = false;
  #openLine = false;
  #aheadOfPrompt = false;
  #afterEnd: 'unknown' | 'terminator' | 'clean' | 'dirty' = 'unknown';
  #paste = false;
  #onPrompt: Array<() => void> = [];

  /** Whether a prompt was drawn at least once. */
  get seen(): boolean {
    return this.#seen;
  }

  /** Whether the shell has begun to read lines. Keys typed before are read by the terminal itself, which loses those that are not ASCII. */
  get reads(): boolean {
    return this.#seen || this.#paste;
  }

  /** Whether readline accepts a bracketed paste. */
  get paste(): boolean {
    return this.#paste;
  }

  /** `busy`: a line was submitted and no prompt has been drawn since. */
  get line(): 'empty' | 'text' | 'busy' {
    if (!this.#seen) return this.#openLine ? 'text' : 'empty';
    if (!this.#waiting || (this.#keysSincePrompt && !this.#openLine)) return 'busy';
    if (this.#keysSincePrompt || this.#afterEnd === 'dirty') return 'text';
    return this.#afterEnd === 'unknown' && this.#aheadOfPrompt ? 'text' : 'empty';
  }

  typed(keys: Buffer): void {
    if (keys.length === 0) return;
    this.#keysSincePrompt = true;
    this.#openLine = !LINE_ENDS.has(keys[keys.length - 1] ?? 0);
  }

  /** Resolves at the next prompt, or after `ms`. */
  nextPrompt(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#onPrompt.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  output(chunk: Buffer): void {
    const bytes = this.#carry.length === 0 ? chunk : Buffer.concat([this.#carry, chunk]);
    this.#carry = Buffer.alloc(0);
    let at = 0;
    while (at < bytes.length) {
      const start = bytes.indexOf(ESC, at);
      this.#plain(bytes.subarray(at, start === -1 ? bytes.length : start));
      if (start === -1) return;
      const rest = bytes.subarray(start, start + LONGEST_MARK).toString('latin1');
      const found = MARKS.find(([text]) => rest.startsWith(text));
      if (found !== undefined) {
        this.#marked(found[1]);
        at = start + found[0].length;
      } else if (MARKS.some(([text]) => text.startsWith(rest))) {
        this.#carry = Buffer.from(bytes.subarray(start));
        return;
      } else {
        this.#plain(bytes.subarray(start, start + 1));
        at = start + 1;
      }
    }
  }

  #plain(bytes: Buffer): void {
    let rest = bytes;
    if (this.#afterEnd === 'terminator') {
      const end = Math.max(rest.indexOf(BEL), rest.indexOf(0x5c));
      if (end === -1) return;
      this.#afterEnd = 'clean';
      rest = rest.subarray(end + 1);
    }
    if (this.#afterEnd === 'clean' && rest.length > 0) this.#afterEnd = 'dirty';
  }

  #marked(mark: (typeof MARKS)[number][1]): void {
    if (mark === 'paste-on' || mark === 'paste-off') this.#paste = mark === 'paste-on';
    else if (mark === 'prompt-end') this.#afterEnd = 'terminator';
    else if (mark === 'command') this.#waiting = false;
    else this.#prompt();
  }

  #prompt(): void {
    this.#aheadOfPrompt = this.#openLine;
    this.#seen = true;
    this.#waiting = true;
    this.#keysSincePrompt = false;
    this.#afterEnd = 'unknown';
    const waiting = this.#onPrompt;
    this.#onPrompt = [];
    for (const tell of waiting) tell();
  }
}
