import { french } from '../../lib/french.ts';
import { allActions } from '../actions.ts';
import { h, icon } from '../dom.ts';

type Shortcut = readonly [keys: string, does: string];

/** Shortcuts that belong to no action of the palette. */
const FIXED: readonly Shortcut[] = [
  ['Ctrl+K', 'Ouvrir la palette ; dans le terminal, deux fois pour que le shell la reçoive'],
  ['/', 'Chercher dans les leçons'],
  ['?', 'Voir cette liste'],
  ['F6', 'Passer au volet suivant, aussi depuis le terminal'],
  ['Maj+F6', 'Passer au volet précédent'],
];
const TERMINAL: readonly Shortcut[] = [
  ['Ctrl+C', 'Copier la sélection ; sans sélection, interrompre le programme'],
  ['Ctrl+Maj+C', 'Copier la sélection du terminal'],
  ['Ctrl+Maj+V', 'Coller dans le terminal'],
];

/** The dialog that lists the shortcuts. */
export class Shortcuts {
  readonly #dialog = h('dialog', { class: 'picker shortcuts', 'aria-labelledby': 'raccourcis-titre' });

  constructor() {
    this.#dialog.addEventListener('click', (event) => {
      if (event.target === this.#dialog) this.#dialog.close();
    });
    document.body.append(this.#dialog);
  }

  open(): void {
    const close = h('button', { type: 'button', class: 'btn bare icon', 'aria-label': 'Fermer' }, icon('close'));
    close.addEventListener('click', () => this.#dialog.close());
    const known = new Set(FIXED.map(([keys]) => keys));
    const others = allActions().flatMap(({ keys, title }): Shortcut[] => (keys === undefined || known.has(keys) ? [] : [[keys, title]]));
    this.#dialog.replaceChildren(
      h('div', { class: 'picker-field' }, h('h2', { id: 'raccourcis-titre' }, 'Raccourcis clavier'), close),
      h(
        'div',
        { class: 'picker-list' },
        table('Partout', FIXED),
        table('Terminal', TERMINAL),
        ...(others.length > 0 ? [table('Ici', others)] : []),
      ),
    );
    this.#dialog.showModal();
  }
}

function table(title: string, rows: readonly Shortcut[]): HTMLElement {
  return h(
    'table',
    {},
    h('caption', {}, title),
    h('tbody', {}, ...rows.map(([keys, does]) => h('tr', {}, h('th', { scope: 'row' }, h('kbd', {}, keys)), h('td', {}, french(does))))),
  );
}
