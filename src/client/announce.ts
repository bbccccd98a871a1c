/** Says something to screen readers, once they have finished; sighted people see it elsewhere. */
export function announce(text: string): void {
  const region = document.getElementById('annonces');
  if (region === null) return;
  // The same text twice is said twice only if the region was emptied in between.
  region.textContent = '';
  requestAnimationFrame(() => {
    region.textContent = text;
  });
}
