import { h } from '../dom.ts';

/** Asks, without stopping anything, whether to type a command all the same. Escape and « Annuler » say no. */
export function askToInsert(stack: HTMLElement, text: string, command: string): Promise<boolean> {
  stack.querySelector('.run-question')?.dispatchEvent(new CustomEvent('escale:dismiss'));
  return new Promise((resolve) => {
    const yes = h('button', { type: 'button', class: 'btn small' }, 'Insérer quand même');
    const no = h('button', { type: 'button', class: 'btn small' }, 'Annuler');
    const box = h(
      'div',
      { class: 'term-ask run-question', role: 'alertdialog', 'aria-label': text, 'aria-modal': 'false' },
      h('p', {}, text, ' ', h('code', {}, command)),
      h('div', { class: 'acts' }, yes, no),
    );
    const end = (answer: boolean): void => {
      box.remove();
      resolve(answer);
    };
    yes.addEventListener('click', () => end(true));
    no.addEventListener('click', () => end(false));
    box.addEventListener('escale:dismiss', () => end(false));
    box.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') end(false);
    });
    stack.append(box);
    no.focus();
  });
}

/** Says something over the foot of the terminal for a while. */
export function note(stack: HTMLElement, text: string): void {
  stack.querySelector('.term-note')?.remove();
  const box = h('p', { class: 'term-note', role: 'status' }, text);
  stack.append(box);
  setTimeout(() => box.remove(), 6000);
}
