/** The keys that a phone's keyboard lacks. */
export type KeyName = 'tab' | 'escape' | 'left' | 'up' | 'down' | 'right' | 'pipe' | 'slash' | 'tilde';

const SEQUENCES: Readonly<Record<KeyName, string>> = {
  tab: '\t',
  escape: '\x1b',
  left: '\x1b[D',
  up: '\x1b[A',
  down: '\x1b[B',
  right: '\x1b[C',
  pipe: '|',
  slash: '/',
  tilde: '~',
};

let control = false;
const listeners = new Set<(armed: boolean) => void>();

/** Arms or disarms Ctrl for the next key. */
export function toggleControl(): void {
  setControl(!control);
}

export function onControl(listener: (armed: boolean) => void): void {
  listeners.add(listener);
}

/** The text that a key of the row sends. */
export function pressed(key: KeyName): string {
  return armed(SEQUENCES[key]);
}

/** The text as sent to the shell. If Ctrl is armed, a letter becomes its control character and Ctrl is disarmed. */
export function armed(text: string): string {
  if (!control) return text;
  setControl(false);
  const code = text.toUpperCase().charCodeAt(0);
  return text.length === 1 && code >= 0x40 && code <= 0x5f ? String.fromCharCode(code & 0x1f) : text;
}

function setControl(value: boolean): void {
  control = value;
  for (const listener of listeners) listener(value);
}
