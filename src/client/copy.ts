import { announce } from './announce.ts';

function textOf(button: Element): string | undefined {
  const block = button.closest<HTMLElement>('[data-command], [data-copy]');
  return block?.dataset.command ?? block?.dataset.copy;
}

/** Copies a text and shows a confirmation, or the reason if the browser refuses. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    announce('Le navigateur refuse l’accès au presse-papiers. Sélectionnez le texte, puis copiez-le.');
    return false;
  }
  announce('Copié');
  return true;
}

/** Copies the code of the button's block, and shows briefly that it was copied. */
export async function copyBlock(button: HTMLElement): Promise<void> {
  const text = textOf(button);
  if (text === undefined) return;
  if (!(await copyText(text))) return;
  const use = button.querySelector('use');
  use?.setAttribute('href', '#i-done');
  button.classList.add('did');
  setTimeout(() => {
    use?.setAttribute('href', '#i-copy');
    button.classList.remove('did');
  }, 1600);
}
