import { h, icon } from '../dom.ts';
import { remember, remembered } from '../memory.ts';
import { startSeparator } from '../separator.ts';

/** Selects what is shown where only one fits: the editor or the terminal. */
export function showFront(front: 'editor' | 'terminal'): void {
  const lab = document.getElementById('labo');
  if (lab === null) return;
  lab.dataset.front = front;
  if (front === 'editor') showView('editor');
  if (front === 'editor' && lab.hasAttribute('data-folded')) foldEditor(false);
}

/** Selects what stands above the terminals. */
export function showView(view: 'editor' | 'map'): void {
  const lab = document.getElementById('labo');
  if (lab === null) return;
  lab.dataset.view = view;
  for (const tab of lab.querySelectorAll<HTMLElement>('.views [role="tab"]')) {
    const chosen = tab.dataset.view === view;
    tab.setAttribute('aria-selected', String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
  }
}

export function viewIsMap(): boolean {
  return document.getElementById('labo')?.dataset.view === 'map';
}

/** Gives the terminal the full height, or gives the editor its part back. The browser remembers the choice. */
export function foldEditor(folded: boolean): void {
  document.getElementById('labo')?.toggleAttribute('data-folded', folded);
  document.querySelector('#labo .fold')?.setAttribute('aria-pressed', String(folded));
  remember({ editor: folded ? 'folded' : 'shown' });
}

/** Buttons in the terminal's bar: full height on a wide screen, switch to the editor on a narrow one. */
export function splitButtons(): HTMLElement[] {
  const folded = String(document.getElementById('labo')?.hasAttribute('data-folded'));
  const fold = h(
    'button',
    { type: 'button', class: 'btn bare icon small fold', 'aria-label': 'Agrandir le terminal', 'aria-pressed': folded },
    icon('wide'),
  );
  fold.addEventListener('click', () => foldEditor(fold.getAttribute('aria-pressed') !== 'true'));
  const files = h('button', { type: 'button', class: 'btn bare to-editor' }, icon('file'), 'Fichiers');
  files.addEventListener('click', () => showFront('editor'));
  const map = h('button', { type: 'button', class: 'btn bare to-editor', 'data-action': 'map' }, icon('map'), 'Carte');
  return [files, map, fold];
}

/** Restores the remembered sizes before the first paint. */
export function restoreSplit(): void {
  const { editor, terminal } = remembered();
  if (typeof terminal === 'number') setTerminal(Math.min(85, Math.max(15, terminal)));
  if (editor === 'folded') foldEditor(true);
}

/** The separator between the editor and the terminal. */
export function startSplit(): void {
  const lab = document.getElementById('labo');
  const line = lab?.querySelector<HTMLElement>(':scope > .sep-h');
  if (lab === null || !line) return;
  lab.dataset.split = '';
  lab.dataset.front ??= 'terminal';
  startSeparator(line, lab, {
    axis: 'y',
    after: true,
    min: 15,
    max: 85,
    usual: 44,
    set: (percent) => {
      setTerminal(percent);
      remember({ terminal: percent });
    },
  });
}

function setTerminal(percent: number | undefined): void {
  const lab = document.getElementById('labo');
  if (percent === undefined) lab?.style.removeProperty('--terminal');
  else lab?.style.setProperty('--terminal', `${percent}%`);
}
