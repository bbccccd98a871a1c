import '../bench/no-eval.ts';

import { french } from '../../lib/french.ts';
import { lessonListSchema } from '../../lib/lesson-list.ts';
import { type Action, type ActionGroup, allActions } from '../actions.ts';
import { h } from '../dom.ts';
import { match, type Stretch } from './match.ts';
import { type Choice, type Found, Picker } from './picker.ts';
import { searchLessons } from './search.ts';
import { Shortcuts } from './shortcuts.ts';

/** Order of the groups: what is closest to the present task first. */
const ORDER: readonly ActionGroup[] = ['Leçon ouverte', 'Terminal', 'Éditeur', 'Labo', 'Leçons', 'Affichage'];

/** The terminal that had the focus when the palette opened: a second Ctrl+K is sent to its shell. */
let terminal: (Element & { type(text: string): void }) | undefined;
let lessons: Promise<Action[]> | undefined;

const shortcuts = new Shortcuts();
const palette = new Picker({
  id: 'palette',
  label: 'Chercher une leçon ou une commande',
  find: findActions,
  foot: () => (terminal === undefined ? '' : french('Ctrl+K encore : au terminal')),
  again: (event) => {
    if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return false;
    palette.close();
    terminal?.type('\x0b');
    return true;
  },
});
const search = new Picker({ id: 'recherche', label: 'Chercher dans les leçons', find: searchLessons });

export function openPalette(query = ''): void {
  const host = document.activeElement?.closest('escale-terminal');
  terminal = host != null && 'type' in host ? (host as typeof terminal) : undefined;
  palette.open(query);
}

export function openSearch(query = ''): void {
  search.open(query);
}

export function openShortcuts(): void {
  shortcuts.open();
}

async function findActions(query: string): Promise<Found> {
  lessons ??= loadLessons();
  const actions = [...(await lessons), ...allActions(), ...ownActions()].sort((a, b) => ORDER.indexOf(a.group) - ORDER.indexOf(b.group));
  const found = actions.flatMap((action) => {
    const near = match(query, action.title, `${action.also ?? ''} ${action.group}`);
    return near === undefined ? [] : [{ action, ...near }];
  });
  found.sort((a, b) => b.score - a.score);
  const choices = found.map(({ action, found: stretches }): Choice => ({ ...action, title: marked(action.title, stretches) }));
  if (query === '') return { choices };
  return { choices: [...choices, searchChoice(query)] };
}

function ownActions(): Action[] {
  return [
    { id: 'search', group: 'Leçons', title: 'Chercher dans les leçons', also: 'trouver texte mot', keys: '/', run: () => openSearch() },
    { id: 'shortcuts', group: 'Affichage', title: 'Voir les raccourcis clavier', also: 'touches aide', keys: '?', run: openShortcuts },
  ];
}

function searchChoice(query: string): Choice {
  return {
    id: 'search-for',
    group: 'Dans le texte des leçons',
    title: [french('Chercher « '), h('b', {}, query), french(' »')],
    run: () => openSearch(query),
  };
}

async function loadLessons(): Promise<Action[]> {
  const home: Action = { id: 'home', group: 'Leçons', title: 'Sommaire du cours', also: 'accueil progression', run: () => go('/') };
  try {
    const list = lessonListSchema.parse(await (await fetch('/lessons.json')).json());
    return [home, ...list.map(({ name, href, also }): Action => ({ id: href, group: 'Leçons', title: name, also, run: () => go(href) }))];
  } catch {
    // The server does not answer: offer what the page has, and ask again at the next opening.
    lessons = undefined;
    return [home];
  }
}

function go(href: string): void {
  location.assign(href);
}

/** The text, with the matched ranges in bold. */
function marked(text: string, stretches: readonly Stretch[]): (Node | string)[] {
  const parts: (Node | string)[] = [];
  let at = 0;
  for (const [from, to] of stretches) {
    if (from < at) continue;
    parts.push(text.slice(at, from), h('b', {}, text.slice(from, to)));
    at = to;
  }
  return [...parts, text.slice(at)];
}
