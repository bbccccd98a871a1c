import { announce } from './announce.ts';
import { LAYOUT_CHANGED } from './layout.ts';
import { keepPlace } from './reading/last-read.ts';
import { scroller } from './reading/place.ts';
import { count } from './reading/time-spent.ts';

/**
 * Navigates between pages without reloading the document. Only the panes (`data-pane`) are replaced, so that terminals keep their screen,
 * scroll position, focus and socket. Browsers without the Navigation API load each page as usual.
 */
export function startNavigation(): void {
  if (!('navigation' in window)) return;
  const places = new Map<string, number>();
  navigation.addEventListener('navigate', (event) => {
    if (!event.canIntercept || event.hashChange || event.formData !== null || event.downloadRequest !== null) return;
    // Do not intercept reloads, by the learner or the development server.
    if (event.navigationType === 'reload') return;
    const url = new URL(event.destination.url);
    if (url.origin !== location.origin || !isPage(url.pathname)) return;
    const key = navigation.currentEntry?.key;
    if (key !== undefined) places.set(key, scroller().scrollTop);
    keepPlace();
    count();
    const back = event.navigationType === 'traverse' ? places.get(event.destination.key) : undefined;
    event.intercept({
      focusReset: 'manual',
      scroll: 'manual',
      handler: async () => {
        const page = await fetchPage(url, event.signal);
        if (event.signal.aborted) return;
        const focusWasInside = document.querySelector('[data-pane="main"]')?.contains(document.activeElement) ?? false;
        if (page === undefined) await lost(url);
        else swap(page);
        settle(url, back);
        if (focusWasInside) document.getElementById('contenu')?.focus({ preventScroll: true });
      },
    });
  });
}

function isPage(path: string): boolean {
  return path === '/' || path.startsWith('/fr/');
}

async function fetchPage(url: URL, signal: AbortSignal): Promise<Document | undefined> {
  try {
    const answer = await fetch(url, { signal, headers: { accept: 'text/html' } });
    if (!(answer.headers.get('content-type') ?? '').includes('text/html')) return undefined;
    return new DOMParser().parseFromString(await answer.text(), 'text/html');
  } catch {
    return undefined;
  }
}

function swap(page: Document): void {
  for (const pane of document.querySelectorAll<HTMLElement>('[data-pane]')) {
    const fresh = page.querySelector(`[data-pane="${CSS.escape(pane.dataset.pane ?? '')}"]`);
    if (fresh !== null) pane.replaceWith(document.importNode(fresh, true));
  }
  document.title = page.title;
  document.documentElement.lang = page.documentElement.lang;
  document.body.dataset.view = page.body.dataset.view ?? 'page';
  document.documentElement.dataset.front = 'lesson';
}

/** The server is unreachable: show which page could not be loaded, and keep everything else that is open. */
async function lost(url: URL): Promise<void> {
  const pane = document.querySelector('[data-pane="main"] .prose, [data-pane="main"]');
  if (pane === null) return;
  const title = document.createElement('h1');
  title.textContent = 'Cette page n’a pas pu être chargée';
  const text = document.createElement('p');
  text.className = 'lede';
  text.textContent = 'Le serveur n’a pas répondu. Vos terminaux et vos fichiers ne sont pas touchés.';
  const again = document.createElement('a');
  again.className = 'btn';
  again.href = url.href;
  again.textContent = 'Essayer de nouveau';
  pane.replaceChildren(title, text, again);
  document.title = `${title.textContent} · Escale`;
}

function settle(url: URL, place: number | undefined): void {
  document.dispatchEvent(new CustomEvent(LAYOUT_CHANGED));
  keepPlace();
  announce(document.title);
  const target = url.hash === '' ? null : document.getElementById(decodeURIComponent(url.hash.slice(1)));
  if (place !== undefined) scroller().scrollTop = place;
  else if (target !== null) target.scrollIntoView();
  else scroller().scrollTop = 0;
}
