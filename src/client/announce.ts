/** Announces a text to screen readers, after what they are reading. It must also be visible elsewhere. */
export function announce(text: string): void {
  const region = document.getElementById('annonces');
  if (region === null) return;
  // The same text is announced again only if the region was emptied in between.
  region.textContent = '';
  requestAnimationFrame(() => {
    region.textContent = text;
  });
}
