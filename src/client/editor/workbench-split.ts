import { h, icon } from '../dom.ts';
import { remember, remembered } from '../memory.ts';
import { startSeparator } from '../separator.ts';

/** What has the room of the lab where there is room for one only: the text or the terminal. */
export function showFront(front: 'editor' | 'terminal'): void {
  const lab = document.getElementById('labo');
  if (lab === null) return;
  lab.dataset.front = front;
  if (front === 'editor' && lab.hasAttribute('data-folded')) foldEditor(false);
}

/** Gives the terminal the whole height, or takes it back; the browser remembers. */
export function foldEditor(folded: boolean): void {
  document.getElementById('labo')?.toggleAttribute('data-folded', folded);
  document.querySelector('#labo .fold')?.setAttribute('aria-pressed', String(folded));
  remember({ editor: folded ? 'folded' : 'shown' });
}

/** What the bar of the terminals has for it: the whole height on a wide screen, the way to the editor on a narrow one. */
export function splitButtons(): HTMLElement[] {
  const fold = h(
    'button',
    { type: 'button', class: 'btn bare icon small fold', 'aria-label': 'Agrandir le terminal', 'aria-pressed': 'false' },
    icon('wide'),
  );
  fold.addEventListener('click', () => foldEditor(fold.getAttribute('aria-pressed') !== 'true'));
  const files = h('button', { type: 'button', class: 'btn bare to-editor' }, icon('file'), 'Fichiers');
  files.addEventListener('click', () => showFront('editor'));
  return [files, fold];
}

/** The editor above the terminal, and the line between them. */
export function startSplit(): void {
  const lab = document.getElementById('labo');
  const line = lab?.querySelector<HTMLElement>(':scope > .sep-h');
  if (lab === null || !line) return;
  const { editor, terminal } = remembered();
  const set = (percent: number | undefined): void => {
    if (percent === undefined) lab.style.removeProperty('--terminal');
    else lab.style.setProperty('--terminal', `${percent}%`);
  };
  if (typeof terminal === 'number') set(Math.min(85, Math.max(15, terminal)));
  lab.dataset.split = '';
  lab.dataset.front ??= 'terminal';
  if (editor === 'folded') foldEditor(true);
  startSeparator(line, lab, {
    axis: 'y',
    after: true,
    min: 15,
    max: 85,
    usual: 44,
    set: (percent) => {
      set(percent);
      remember({ terminal: percent });
    },
  });
}
