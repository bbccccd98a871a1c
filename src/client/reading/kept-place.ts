import { scroller } from './place.ts';

/** A place in a page: an element, and how far below its top the view begins. Lengths change with the width and with verdicts. */
interface Kept {
  readonly path: string;
  readonly anchor: string;
  readonly below: number;
}

const KEY = 'escale.place';

/** Keeps the place of this tab when the page is left, and restores it when the page is loaded again. */
export function startKeptPlace(): void {
  const entry = performance.getEntriesByType('navigation')[0];
  if (entry instanceof PerformanceNavigationTiming && entry.type !== 'navigate') restore();
  addEventListener('pagehide', keep);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') keep();
  });
}

function keep(): void {
  const top = topOfView();
  const anchor = [...document.querySelectorAll('.lesson [id]')].findLast(
    // What is not drawn, like a closed definition, has no place.
    (element) => element.getClientRects().length > 0 && element.getBoundingClientRect().top <= top + 1,
  );
  try {
    if (anchor === undefined) sessionStorage.removeItem(KEY);
    else {
      const kept: Kept = { path: location.pathname, anchor: anchor.id, below: top - anchor.getBoundingClientRect().top };
      sessionStorage.setItem(KEY, JSON.stringify(kept));
    }
  } catch {
    document.documentElement.dataset.memory = 'none';
  }
}

function restore(): void {
  const kept = read();
  if (kept?.path !== location.pathname) return;
  const go = (): number | undefined => {
    const anchor = document.getElementById(kept.anchor);
    if (anchor === null) return undefined;
    scroller().scrollTop += anchor.getBoundingClientRect().top + kept.below - topOfView();
    return scroller().scrollTop;
  };
  const at = go();
  // Late fonts change the lengths. If the reader has scrolled by then, the page stays where it is.
  void document.fonts.ready.then(() => {
    if (at !== undefined && Math.abs(scroller().scrollTop - at) < 2) go();
  });
}

function read(): Kept | undefined {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
    if (typeof value !== 'object' || value === null || !('path' in value) || !('anchor' in value) || !('below' in value)) return undefined;
    const { path, anchor, below } = value;
    return typeof path === 'string' && typeof anchor === 'string' && typeof below === 'number' ? { path, anchor, below } : undefined;
  } catch {
    return undefined;
  }
}

function topOfView(): number {
  return Math.max(0, scroller().getBoundingClientRect().top);
}
