/** Settings that this browser remembers. `public/boot.js` reads the first three before the first paint. */
export interface Remembered {
  theme?: 'light' | 'dark';
  layout?: 'lesson' | 'both' | 'lab';
  /** Width of the lesson, in percent. */
  lesson?: number | undefined;
  /** How long the lab's last start took, in milliseconds. */
  startMs?: number;
  editor?: 'folded' | 'shown';
  /** Whether the Option key of a Mac is Meta in the terminal, instead of writing `{ [ | \ ~`. */
  optionIsMeta?: boolean;
  /** Height of the terminal under the editor, in percent. */
  terminal?: number | undefined;
}

const KEY = 'escale';

/** Empty if the browser has no storage. */
export function remembered(): Remembered {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** Merges a change into the remembered settings. Returns whether the browser stored it. */
export function remember(change: Remembered): boolean {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...remembered(), ...change }));
    return true;
  } catch {
    return false;
  }
}
