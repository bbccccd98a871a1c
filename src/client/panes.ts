import { announce } from './announce.ts';

/** A part of the page that F6 goes to. */
export interface Pane {
  readonly id: 'lesson' | 'editor' | 'terminal' | 'status';
  /** Said when one arrives there. */
  readonly name: () => string;
  /** Absent or null while there is nothing to go to. A pane may lie inside another: the innermost one counts. */
  readonly element: () => Element | null | undefined;
  /** Brings it on screen and takes the keyboard there; `last` is what had the focus in it before, if that still stands. */
  readonly enter: (last: HTMLElement | undefined) => unknown;
}

const ORDER = ['lesson', 'editor', 'terminal', 'status'] as const;
const panes = new Map<Pane['id'], Pane>();
const lastFocus = new Map<Pane['id'], WeakRef<HTMLElement>>();

/** Adds a pane to the round of F6: lesson, editor, terminal, status. */
export function addPane(pane: Pane): void {
  panes.set(pane.id, pane);
}

/** Goes to the next pane, or with -1 to the one before. */
export function goToPane(step: 1 | -1): void {
  const present = ORDER.flatMap((id) => panes.get(id) ?? []).filter((pane) => pane.element() != null);
  const current = paneOf(document.activeElement);
  // Without a focus one is reading: the lesson comes first.
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

/** F6 and Shift+F6 go round, from anywhere: in the terminal too, whose shell never gets the key. */
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
