import { announce } from './announce.ts';

/** A part of the page that F6 can reach. */
export interface Pane {
  readonly id: 'lesson' | 'editor' | 'map' | 'terminal' | 'status';
  /** Announced on arrival. */
  readonly name: () => string;
  /** Absent or null while there is nothing to focus. Panes may be nested: the innermost one counts. */
  readonly element: () => Element | null | undefined;
  /** Shows the pane and focuses it. `last`: the element that last had the focus in it, if it still exists. */
  readonly enter: (last: HTMLElement | undefined) => unknown;
}

const ORDER = ['lesson', 'editor', 'map', 'terminal', 'status'] as const;
const panes = new Map<Pane['id'], Pane>();
const lastFocus = new Map<Pane['id'], WeakRef<HTMLElement>>();

/** Registers a pane for F6. The order is lesson, editor or map, terminal, status. */
export function addPane(pane: Pane): void {
  panes.set(pane.id, pane);
}

/** Moves to the next pane, or with -1 to the previous one. */
export function goToPane(step: 1 | -1): void {
  const present = ORDER.flatMap((id) => panes.get(id) ?? []).filter((pane) => pane.element() != null);
  const current = paneOf(document.activeElement);
  // Without a focused pane, start from the lesson.
  const here = current === undefined ? 0 : present.indexOf(current);
  const next = present.at((here + step) % present.length);
  if (next !== undefined) enterPane(next.id);
}

export function enterPane(id: Pane['id']): void {
  const pane = panes.get(id);
  if (pane === undefined) return;
  const last = lastFocus.get(id)?.deref();
  void pane.enter(last?.isConnected && last.checkVisibility() ? last : undefined);
  announce(pane.name());
}

function paneOf(element: Element | null): Pane | undefined {
  let inner: Pane | undefined;
  for (const pane of panes.values()) {
    const root = pane.element();
    if (root?.contains(element) && (inner?.element()?.contains(root) ?? true)) inner = pane;
  }
  return inner;
}

/** F6 and Shift+F6 cycle through the panes from anywhere, the terminal included: its shell never receives these keys. */
export function startPanes(): void {
  document.addEventListener('focusin', ({ target }) => {
    const pane = target instanceof HTMLElement ? paneOf(target) : undefined;
    if (pane !== undefined && target instanceof HTMLElement) lastFocus.set(pane.id, new WeakRef(target));
  });
  document.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'F6' || event.ctrlKey || event.altKey || event.metaKey || document.body.dataset.view !== 'lesson') return;
      if (document.querySelector('dialog[open]') !== null) return;
      event.preventDefault();
      event.stopPropagation();
      goToPane(event.shiftKey ? -1 : 1);
    },
    true,
  );
}
