/** What this browser remembers of the page; `public/boot.js` reads the first three before the first paint. */
export interface Remembered {
  theme?: 'light' | 'dark';
  layout?: 'lesson' | 'both' | 'lab';
  /** Width of the lesson, in percent. */
  lesson?: number | undefined;
  /** How long the lab took to start, in milliseconds. */
  startMs?: number;
  editor?: 'folded' | 'shown';
  /** Height of the terminal under the editor, in percent. */
  terminal?: number | undefined;
}

const KEY = 'escale';

/** An empty memory where the browser keeps none. */
export function remembered(): Remembered {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** Adds to what is remembered; says whether the browser kept it. */
export function remember(change: Remembered): boolean {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...remembered(), ...change }));
    return true;
  } catch {
    return false;
  }
}
