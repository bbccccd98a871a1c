import { h, sentence } from '../dom.ts';

export interface Question {
  readonly text: string;
  /** The command that the question is about. */
  readonly command?: string;
  /** Label of the button that confirms. */
  readonly yes: string;
  /** Something else that can be done instead; counts as no. */
  readonly other?: { readonly label: string; readonly run: () => void };
}

/** Asks a question at the bottom of the terminal, without blocking the page. Escape, « Annuler » and a new question count as no. */
export function ask(stack: HTMLElement, { text, command, yes, other }: Question): Promise<boolean> {
  stack.querySelector('.question')?.dispatchEvent(new CustomEvent('escale:dismiss'));
  return new Promise((resolve) => {
    const go = h('button', { type: 'button', class: 'btn small' }, yes);
    const no = h('button', { type: 'button', class: 'btn small' }, 'Annuler');
    const instead = other !== undefined && h('button', { type: 'button', class: 'btn bare small' }, other.label);
    const words = h('p', {}, text, command !== undefined && ' ', command !== undefined && h('code', {}, command));
    const box = h(
      'div',
      { class: 'term-ask question', role: 'alertdialog', 'aria-label': text, 'aria-modal': 'false' },
      words,
      h('div', { class: 'acts' }, go, no, instead),
    );
    const end = (answer: boolean): void => {
      box.remove();
      resolve(answer);
    };
    go.addEventListener('click', () => end(true));
    no.addEventListener('click', () => end(false));
    if (instead && other)
      instead.addEventListener('click', () => {
        end(false);
        other.run();
      });
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
