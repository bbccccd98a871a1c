import { duration } from '../../lib/duration.ts';
import { LAYOUT_CHANGED } from '../layout.ts';
import { credit, type Ledger, readLedger } from './ledger.ts';
import { lessonOf } from './place.ts';

const KEY = 'escale.time';
const TICK_MS = 10_000;
/** Without any sign of activity for this long, the learner counts as away. Long enough for reading or a build. */
const AWAY_MS = 180_000;
const SIGNS = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'scroll', 'touchstart'] as const;

let active = 0;
let since = 0;

/**
 * Counts the time spent on the open lesson while the page is visible and used, and shows it beside the planned time. Stored in this
 * browser.
 */
export function startTimekeeping(): void {
  active = Date.now();
  since = active;
  const sign = (): void => {
    const now = Date.now();
    // The learner is back from a pause, which is not counted.
    if (now - active > AWAY_MS) since = now;
    active = now;
  };
  for (const name of SIGNS) document.addEventListener(name, sign, { capture: true, passive: true });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') {
      since = Date.now();
      sign();
    } else count();
  });
  addEventListener('pagehide', () => count());
  document.addEventListener(LAYOUT_CHANGED, show);
  setInterval(() => {
    if (document.visibilityState === 'visible') count();
    show();
  }, TICK_MS);
  show();
}

/** Call before another lesson opens: adds the time until now to the lesson that closes. */
export function count(path: string = location.pathname): void {
  const now = Date.now();
  const lesson = lessonOf(path);
  const until = Math.min(now, active + AWAY_MS);
  if (lesson !== undefined && until > since) keep(credit(ledger(), lesson, since, until));
  since = now;
}

/** Milliseconds per lesson. */
export function timeSpent(): Readonly<Record<string, number>> {
  return ledger().spent;
}

/** « 18 min », « 1 h 05 »; empty below one minute. */
export function spentWords(ms: number | undefined): string {
  const minutes = Math.floor((ms ?? 0) / 60_000);
  return minutes < 1 ? '' : duration(minutes);
}

function show(): void {
  const lesson = lessonOf(location.pathname);
  const element = document.querySelector('[data-spent]');
  if (element === null || lesson === undefined) return;
  const words = spentWords(timeSpent()[lesson]);
  const text = words === '' ? '' : ` · passé ${words}`;
  if (element.textContent !== text) element.textContent = text;
}

function ledger(): Ledger {
  try {
    return readLedger(localStorage.getItem(KEY));
  } catch {
    return readLedger(null);
  }
}

function keep(changed: Ledger): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(changed));
  } catch {
    document.documentElement.dataset.memory = 'none';
  }
}
