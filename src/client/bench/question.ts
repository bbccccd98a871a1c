import { h, sentence } from '../dom.ts';

export interface Question {
  readonly text: string;
  /** The command that the question is about. */
  readonly command?: string;
  /** Label of the button that confirms. */
  readonly yes: string;
}

/** Asks a question at the bottom of the terminal, without blocking the page. Escape, « Annuler » and a new question count as no. */
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

/** Shows a message at the bottom of the terminal for a while. */
export function note(stack: HTMLElement, text: string): void {
  stack.querySelector('.term-note')?.remove();
  const box = h('p', { class: 'term-note', role: 'status' }, ...sentence(text));
  stack.append(box);
  setTimeout(() => box.remove(), 8000);
}
