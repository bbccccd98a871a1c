import { ranCommands } from '../ran-commands.ts';
import { keepPrediction, predictionOf } from './predictions.ts';

/** A question of a lesson. The answer opens once the learner has chosen and the command has run in a terminal. */
export class PredictElement extends HTMLElement {
  #end: (() => void) | undefined;

  connectedCallback(): void {
    // A router may connect an element only briefly, so start only if it is still connected.
    queueMicrotask(() => {
      if (this.isConnected && this.#end === undefined) this.#start();
    });
  }

  disconnectedCallback(): void {
    this.#end?.();
    this.#end = undefined;
  }

  get #id(): string {
    return this.dataset.id ?? '';
  }

  /** The last command before the answer. */
  get #command(): string | undefined {
    return [...this.querySelectorAll<HTMLElement>(':scope > [data-command]')].at(-1)?.dataset.command;
  }

  #start(): void {
    const answer = this.querySelector<HTMLDetailsElement>('details.answer');
    const choose = (event: Event): void => {
      if (!(event.target instanceof HTMLInputElement)) return;
      // A choice made after the answer was read is no prediction: the answer is marked at once.
      keepPrediction(this.#id, { chosen: Number(event.target.value), settled: answer?.open ?? false });
      this.#draw();
    };
    this.addEventListener('change', choose);
    const unwatch = ranCommands.watch(() => this.#draw());
    this.#end = () => {
      this.removeEventListener('change', choose);
      unwatch();
    };
    this.#draw();
  }

  #draw(): void {
    const prediction = predictionOf(this.#id);
    if (prediction === undefined) return;
    const { chosen } = prediction;
    const settled = prediction.settled || (this.#command !== undefined && ranCommands.has(this.#command));
    const inputs = [...this.querySelectorAll<HTMLInputElement>('input[type="radio"]')];
    const right = Number(this.dataset.right);
    if (settled && !prediction.settled) keepPrediction(this.#id, { chosen, settled });
    const answer = this.querySelector<HTMLDetailsElement>('details.answer');
    if (settled && !this.hasAttribute('data-settled') && answer !== null) answer.open = true;
    this.toggleAttribute('data-settled', settled);
    for (const input of inputs) {
      const number = Number(input.value);
      input.checked = number === chosen;
      input.disabled = settled;
      const label = input.closest('label');
      label?.toggleAttribute('data-right', settled && number === right);
      say(label?.querySelector('.said'), settled ? wordsOf(number, chosen, right) : '');
    }
    const then = 'Exécutez la commande\u202f: la réponse s’ouvre quand elle a fini.';
    say(
      this.querySelector('.then'),
      settled ? (chosen === right ? 'Vous l’aviez prévu.' : 'Vous prévoyiez autre chose\u202f: lisez pourquoi.') : then,
    );
  }
}

function wordsOf(option: number, chosen: number, right: number): string {
  if (option === right) return option === chosen ? 'votre réponse, et ce qui se passe' : 'ce qui se passe';
  return option === chosen ? 'votre réponse' : '';
}

function say(element: Element | null | undefined, text: string): void {
  if (element && element.textContent !== text) element.textContent = text;
}

customElements.define('escale-predict', PredictElement);
