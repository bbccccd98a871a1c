import { french } from '../../lib/french.ts';
import { h } from '../dom.ts';
import { fold } from './match.ts';
import { openIndex, type Page } from './pagefind.ts';
import type { Choice, Found } from './picker.ts';

/** As many lessons, and places in each, as one looks through. */
const MOST_PAGES = 8;
const MOST_PLACES = 4;
/** Between the last key and the search. */
const SETTLE_MS = 120;

/** Looks for words in the text of all lessons. The index is loaded at the first search. */
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

/** For a word that is nowhere Pagefind answers with what begins like it, were it by one letter: that is no answer. */
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

/** Pagefind writes markup: only its marks are kept, all else is text. */
function excerpt(html: string): (Node | string)[] {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  return [...body.childNodes].map((node) => {
    const text = node.textContent ?? '';
    return node.nodeName === 'MARK' ? h('mark', {}, text) : text;
  });
}
