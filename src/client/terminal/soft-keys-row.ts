import { h, icon } from '../dom.ts';
import { type KeyName, onControl, toggleControl } from './soft-keys.ts';

const KEYS: readonly (readonly [KeyName | 'control', string | { readonly icon: string }, string | undefined])[] = [
  ['tab', 'Tab', undefined],
  ['control', 'Ctrl', undefined],
  ['escape', 'Esc', 'Esc, échappement'],
  ['left', { icon: 'back' }, 'Flèche gauche'],
  ['up', { icon: 'up' }, 'Flèche haut'],
  ['down', { icon: 'down' }, 'Flèche bas'],
  ['right', { icon: 'next' }, 'Flèche droite'],
  ['pipe', '|', 'Barre verticale'],
  ['slash', '/', 'Barre oblique'],
  ['tilde', '~', 'Tilde'],
];

/** The row of keys above a phone's keyboard. Pressing one does not move the focus, so the keyboard stays open. */
export function softKeys(press: (key: KeyName) => void): HTMLElement {
  const row = h('div', { class: 'keys', role: 'toolbar', 'aria-label': 'Touches' });
  for (const [key, face, label] of KEYS) {
    const single = typeof face === 'string' && face.length === 1;
    const button = h(
      'button',
      { type: 'button', class: single ? 'm' : '', 'aria-label': label },
      typeof face === 'string' ? face : icon(face.icon),
    );
    button.addEventListener('pointerdown', (event) => event.preventDefault());
    if (key === 'control') {
      button.setAttribute('aria-pressed', 'false');
      onControl((armed) => button.setAttribute('aria-pressed', String(armed)));
      button.addEventListener('click', toggleControl);
    } else {
      button.addEventListener('click', () => press(key));
    }
    row.append(button);
  }
  return row;
}
