/**
 * Terms of the glossary: a first tap shows the definition, the second follows the link, and Escape hides what hover or focus shows. The rest
 * is CSS.
 */
export function startTerms(): void {
  document.addEventListener('click', tap, { capture: true });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    for (const term of document.querySelectorAll<HTMLElement>('.term:is(:hover, :focus-within)')) hideUntilLeft(term);
    close();
  });
}

function tap(event: MouseEvent): void {
  const term = event.target instanceof Element ? event.target.closest<HTMLElement>('.term') : null;
  const tapped = event instanceof PointerEvent && event.pointerType === 'touch';
  if (term === null || !tapped) {
    close();
    return;
  }
  if (term.hasAttribute('data-open') || event.target === term.querySelector('.def')) return;
  event.preventDefault();
  event.stopPropagation();
  close();
  term.toggleAttribute('data-open', true);
}

function close(): void {
  for (const term of document.querySelectorAll('.term[data-open]')) term.removeAttribute('data-open');
}

function hideUntilLeft(term: HTMLElement): void {
  term.toggleAttribute('data-hidden', true);
  const show = (): void => term.removeAttribute('data-hidden');
  term.addEventListener('pointerleave', show, { once: true });
  term.addEventListener('focusout', show, { once: true });
}
