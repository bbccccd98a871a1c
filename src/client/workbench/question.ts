import { h, sentence } from '../dom.ts';

export interface Question {
  readonly text: string;
  /** A command that the question is about. */
  readonly command?: string;
  /** What the button says that goes on. */
  readonly yes: string;
}

/** Asks over the foot of the terminal, without stopping anything. Escape, « Annuler » and another question say no. */
export function ask(stack: HTMLElement, { text, command, yes }: Question): Promise<boolean> {
  stack.querySelector('.question')?.dispatchEvent(new CustomEvent('escale:dismiss'));
  return new Promise((resolve) => {
    const go = h('button', { type: 'button', class: 'btn small' }, yes);
    const no = h('button', { type: 'button', class: 'btn small' }, 'Annuler');
    const words = h('p', {}, text, command !== undefined && ' ', command !== undefined && h('code', {}, command));
    const box = h(
      'div',
      { class: 'term-ask question', role: 'alertdialog', 'aria-label': text, 'aria-modal': 'false' },
      words,
      h('div', { class: 'acts' }, go, no),
    );
    const end = (answer: boolean): void => {
      box.remove();
      resolve(answer);
    };
    go.addEventListener('click', () => end(true));
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
  const box = h('p', { class: 'term-note', role: 'status' }, ...sentence(text));
  stack.append(box);
  setTimeout(() => box.remove(), 8000);
}
