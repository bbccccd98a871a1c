import { french } from '../../lib/french.ts';
import { h } from '../dom.ts';
import { fold } from './match.ts';
import { openIndex, type Page } from './pagefind.ts';
import type { Choice, Found } from './picker.ts';

/** Maximum numbers of lessons, and of sections per lesson. */
const MOST_PAGES = 8;
const MOST_PLACES = 4;
/** Delay in milliseconds between the last key and the search. */
const SETTLE_MS = 120;

/** Searches the text of all lessons. The index is loaded at the first search. */
export async function searchLessons(query: string): Promise<Found> {
  const index = await openIndex();
  if (index === 'absent')
    return { choices: [], says: 'L’index de la recherche n’est pas là. La construction du site l’écrit : lancez npm run build.' };
  if (index === 'unreachable') return { choices: [], says: 'La recherche n’a pas pu être chargée : le serveur ne répond pas.' };
  if (query === '')
    return { choices: [], says: french('Un mot, une commande, un message d’erreur : tout le texte des leçons est cherché.') };
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const pages = await index.search(query, MOST_PAGES);
  const choices = pages.flatMap((page) => places(page, query));
  return choices.length > 0 ? { choices } : { choices, says: french(`Rien dans les leçons pour « ${query} ».`) };
}

/** Filters Pagefind's results: for an unknown word it returns words that share only a prefix, even of one letter. */
function isNear(query: string, text: string): boolean {
  const folded = fold(text);
  return fold(query)
    .split(/\s+/)
    .some((word) => folded.includes(word.slice(0, Math.max(3, word.length - 3))));
}

function places({ url, title, sections }: Page, query: string): Choice[] {
  const best = sections
    .filter((section) => isNear(query, `${section.title} ${section.excerpt}`.replace(/<\/?mark>/g, '')))
    .slice(0, MOST_PLACES);
  return best.map((section) => ({
    id: section.url,
    group: title,
    title: [section.url === url ? 'Début de la leçon' : section.title],
    note: excerpt(section.excerpt),
    run: () => location.assign(section.url),
  }));
}

/** Pagefind returns HTML: only its `<mark>` elements are kept, the rest becomes text. */
function excerpt(html: string): (Node | string)[] {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  return [...body.childNodes].map((node) => {
    const text = node.textContent ?? '';
    return node.nodeName === 'MARK' ? h('mark', {}, text) : text;
  });
}
