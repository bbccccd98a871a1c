import { h } from '../dom.ts';
import { setTerminal, terminalSettings } from './settings.ts';

const PANEL = 'reglages-du-terminal';

/** Whether the keyboard has an Option key. */
function isMac(): boolean {
  return /^Mac/.test(navigator.platform);
}

/** The terminal's settings behind a button. Empty where there is nothing to set: the only setting is about a key of Macs. */
export function settingsButton(): HTMLElement[] {
  if (!isMac()) return [];
  const box = h('input', { type: 'checkbox', 'aria-describedby': `${PANEL}-note` });
  box.checked = terminalSettings().optionIsMeta;
  box.addEventListener('change', () => setTerminal({ optionIsMeta: box.checked }));
  const note = 'Sans cela, elle écrit { } [ ] | \\ ~ comme partout ailleurs. Avec, Option+B et Option+F passent d’un mot à l’autre.';
  return [
    h('button', { type: 'button', class: 'btn bare small wide', popovertarget: PANEL }, 'Réglages'),
    h(
      'div',
      { class: 'term-settings', id: PANEL, popover: 'auto', role: 'dialog', 'aria-label': 'Réglages du terminal' },
      h('label', {}, box, 'La touche Option sert de touche Méta'),
      h('p', { id: `${PANEL}-note` }, note),
    ),
  ];
}
