import { remember, remembered } from '../memory.ts';

/** What the learner can set for all terminals of this browser. */
export interface TerminalSettings {
  /**
   * Whether the Option key of a Mac is Meta, as some programs of the shell want it. Off by default: on a French keyboard, this key writes
   * `{ } [ ] | \ ~`.
   */
  readonly optionIsMeta: boolean;
}

/** Event on the document: a setting has changed. */
export const SETTINGS_CHANGED = 'escale:terminal-settings';

/** The settings of this page, also where the browser has no storage. */
let settings: TerminalSettings = { optionIsMeta: remembered().optionIsMeta === true };

export function terminalSettings(): TerminalSettings {
  return settings;
}

export function setTerminal(change: Partial<TerminalSettings>): void {
  settings = { ...settings, ...change };
  remember(change);
  document.dispatchEvent(new CustomEvent(SETTINGS_CHANGED));
}
