import { h, icon } from './dom.ts';

/** Shows the output beside the button in full, over the page. Closing gives the focus back to the button. */
export function enlarge(button: HTMLElement): void {
  const output = button.closest('.output');
  const block = output?.querySelector('.block')?.cloneNode(true);
  if (!(block instanceof HTMLElement)) return;
  const command = commandBefore(output);
  const title = h('h2', { id: 'agrandi-titre' }, ...(command === undefined ? ['Réponse du terminal'] : [h('code', {}, command)]));
  const close = h('button', { type: 'button', class: 'btn bare icon', 'aria-label': 'Fermer' }, icon('close'));
  const dialog = h('dialog', { class: 'enlarged', 'aria-labelledby': title.id }, h('header', {}, title, close), block);
  close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog) dialog.close();
  });
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  // The arrow keys then scroll it.
  block.querySelector('pre')?.focus();
}

/** The command whose output it is: the last one before it in the lesson. */
function commandBefore(output: Element | null): string | undefined {
  const commands = [...document.querySelectorAll<HTMLElement>('[data-command]')];
  const before = commands.findLast(
    (one) => output !== null && (one.compareDocumentPosition(output) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0,
  );
  return before?.dataset.command?.split('\n').at(-1);
}
