import { h, sentence, shape } from '../dom.ts';
import type { Panel, PanelAction, PanelStep } from './lab-panel.ts';
import { seconds } from './seconds.ts';

/** Draws the panel shown in place of the terminal. */
export function drawPanel(panel: Panel, onAction: (does: PanelAction) => void): HTMLElement {
  const { title, text, steps, action: offer, after } = panel;
  const body = h('div', {}, h('h2', {}, ...sentence(title)), h('p', {}, ...sentence(text)));
  if (steps.length > 0) body.append(h('ol', { class: 'boot' }, ...steps.map(drawStep)));
  if (offer !== undefined) {
    const button = h('button', { type: 'button', class: 'btn primary' }, offer.label);
    button.addEventListener('click', () => {
      button.setAttribute('aria-disabled', 'true');
      onAction(offer.does);
      setTimeout(() => button.removeAttribute('aria-disabled'), 3000);
    });
    body.append(h('p', { class: 'acts' }, button));
  }
  if (after !== undefined) body.append(h('p', { class: 'after' }, ...sentence(after)));
  return h('div', { class: 'start', 'data-panel': panel.id }, body);
}

/** Draws one step of a start, a preparation or a change. */
export function drawStep({ shape: state, word, title, tookMs, notes, current }: PanelStep): HTMLElement {
  const item = h('li', { class: current ? 'now' : state === 'todo' ? 'todo' : '' }, shape(state, word), h('span', {}, ...sentence(title)));
  item.append(h('span', { class: 't num' }, tookMs === undefined || tookMs < 50 ? '' : seconds(tookMs)));
  for (const [index, note] of notes.entries()) item.append(h('small', { class: index > 0 ? 'mend' : '' }, ...sentence(note)));
  return item;
}
