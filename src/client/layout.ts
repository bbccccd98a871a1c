import { remember } from './memory.ts';

export type Layout = 'lesson' | 'both' | 'lab';

/** Event on the document: the visible parts (lesson, lab or both) have changed. */
export const LAYOUT_CHANGED = 'escale:layout';

const wide = matchMedia('(min-width: 1100px)');
const root = document.documentElement;

function isLayout(value: string | undefined): value is Layout {
  return value === 'lesson' || value === 'both' || value === 'lab';
}

/** What is on screen. A narrow screen shows either the lesson or the lab. */
export function shown(): Layout {
  if (!wide.matches) return root.dataset.front === 'lab' ? 'lab' : 'lesson';
  return isLayout(root.dataset.layout) ? root.dataset.layout : 'both';
}

export function labIsShown(): boolean {
  return document.body.dataset.view === 'lesson' && shown() !== 'lesson';
}

/** Shows the lesson, the lab or both. On a wide screen the choice is remembered. */
export function show(layout: Layout): void {
  root.dataset.front = layout === 'lab' ? 'lab' : 'lesson';
  if (wide.matches) {
    root.dataset.layout = layout;
    remember({ layout });
  }
  refresh();
}

/** Shows the lab beside the lesson, or alone where only one fits. */
export function revealLab(): void {
  if (!labIsShown()) show(wide.matches ? 'both' : 'lab');
}

function refresh(): void {
  const now = shown();
  for (const button of document.querySelectorAll<HTMLElement>('[data-layout-is]')) {
    button.setAttribute('aria-pressed', String(button.dataset.layoutIs === now));
  }
  document.dispatchEvent(new CustomEvent(LAYOUT_CHANGED));
}

export function startLayout(): void {
  for (const button of document.querySelectorAll<HTMLElement>('[data-layout-is]')) {
    button.addEventListener('click', () => {
      if (isLayout(button.dataset.layoutIs)) show(button.dataset.layoutIs);
    });
  }
  wide.addEventListener('change', refresh);
  refresh();
}
