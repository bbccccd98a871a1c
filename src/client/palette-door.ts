import { announce } from './announce.ts';
import { isWritten } from './dom.ts';

type Palette = typeof import('./palette/palette.ts');

let palette: Promise<Palette> | undefined;

/** Loads the palette at its first use. */
function load(): Promise<Palette> {
  palette ??= import('./palette/palette.ts');
  palette.catch(() => {
    palette = undefined;
  });
  return palette;
}

export function openPalette(): Promise<void> {
  return withPalette((loaded, typed) => loaded.openPalette(typed));
}

/** Ctrl+K opens the palette everywhere. `/` opens the search and `?` the list of keys, except while text is being typed. */
export function startPalette(): void {
  document.addEventListener(
    'keydown',
    (event) => {
      const open = opener(event);
      if (open === undefined || document.querySelector('dialog[open]') !== null) return;
      event.preventDefault();
      event.stopPropagation();
      void withPalette(open);
    },
    true,
  );
}

/** `typed`: the keys typed since the shortcut, while the palette was loading. */
type Opener = (loaded: Palette, typed: string) => void;

function opener(event: KeyboardEvent): Opener | undefined {
  if (event.altKey) return undefined;
  if (event.ctrlKey || event.metaKey)
    return event.key.toLowerCase() === 'k' && !event.shiftKey ? (loaded, typed) => loaded.openPalette(typed) : undefined;
  // Use the composed path: the editor is in a shadow root, of which the document only sees the host.
  if (isWritten(event.composedPath()[0])) return undefined;
  if (event.key === '/') return (loaded, typed) => loaded.openSearch(typed);
  if (event.key === '?') return (loaded) => loaded.openShortcuts();
  return undefined;
}

async function withPalette(open: Opener): Promise<void> {
  const hurry = new AbortController();
  let typed = '';
  const keep = (event: KeyboardEvent): void => {
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
    typed += event.key;
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener('keydown', keep, { capture: true, signal: hurry.signal });
  try {
    const loaded = await load();
    hurry.abort();
    open(loaded, typed);
  } catch {
    hurry.abort();
    announce('La palette n’a pas pu être chargée : le serveur ne répond pas.');
  }
}
