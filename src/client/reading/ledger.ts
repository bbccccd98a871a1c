/** How long each lesson was open and used, in this browser. */
export interface Ledger {
  /** `Date.now()` of the last entry, so that two tabs never count the same time twice. */
  readonly at: number;
  /** Milliseconds per lesson. */
  readonly spent: Readonly<Record<string, number>>;
}

export const EMPTY: Ledger = { at: 0, spent: {} };

/** Adds the time from `since` to `now`, minus what another tab has already counted. */
export function credit(ledger: Ledger, lesson: string, since: number, now: number): Ledger {
  // If the clock was set back in between, no time is added.
  const from = Math.max(since, Math.min(ledger.at, now));
  const spent = (ledger.spent[lesson] ?? 0) + Math.max(0, now - from);
  return { at: now, spent: { ...ledger.spent, [lesson]: spent } };
}

/** Parses the stored text, which may be anything. */
export function readLedger(text: string | null): Ledger {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    if (typeof value !== 'object' || value === null || !('at' in value) || !('spent' in value)) return EMPTY;
    const { at, spent } = value;
    if (typeof at !== 'number' || typeof spent !== 'object' || spent === null) return EMPTY;
    const known = Object.entries(spent).filter((entry): entry is [string, number] => Number.isFinite(entry[1]) && entry[1] >= 0);
    return { at, spent: Object.fromEntries(known) };
  } catch {
    return EMPTY;
  }
}
