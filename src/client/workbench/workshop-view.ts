import type { WorkshopAction, WorkshopStatus } from '../../../contract/workshop.ts';
import { h, icon, type Shape, sentence, shape } from '../dom.ts';
import { placeOf } from './verdict-words.ts';

export interface WorkshopActions {
  readonly act: (action: WorkshopAction) => void;
  /** Whether the connection is open and the lab is ready. */
  readonly live: boolean;
}

const OPENING =
  'L’atelier copie votre pile dans `~/atelier`, sous ses propres noms et ses propres ports, y casse une seule chose, et vérifie que la panne se voit. Comptez une à deux minutes. Votre projet, vos conteneurs et vos volumes ne sont pas touchés.';
const ERASES = 'Remettre la panne, en changer et quitter effacent `~/atelier` et ses conteneurs.';

/** Draws the workshop in its element. Hints that the reader opened stay open. */
export function drawWorkshop(element: HTMLElement, status: WorkshopStatus, actions: WorkshopActions): void {
  const { shape: state, word } = stateOf(status);
  const title = status.state === 'mended' ? 'Réparé, preuve faite' : 'Une panne à trouver et à réparer';
  const head = h('div', { class: 'row' }, shape(state), h('b', {}, title), h('span', { class: `word st-${state}` }, word));
  element.replaceChildren(head, ...bodyOf(status), ...problemOf(status), ...countOf(status), buttons(status, actions));
  if (status.state === 'open' && status.doing === undefined) element.append(h('p', { class: 'quiet' }, ...sentence(ERASES)));
}

export function stateOf({ state, doing, verdict }: WorkshopStatus): { shape: Shape; word: string } {
  if (doing !== undefined) return { shape: 'waiting', word: 'en cours' };
  if (state === 'mended') return { shape: 'met', word: 'réparé' };
  if (state === 'closed') return { shape: 'todo', word: 'à faire' };
  return verdict?.verdict === 'not-met' ? { shape: 'unmet', word: 'pas encore réparé' } : { shape: 'unmet', word: 'en panne' };
}

function bodyOf(status: WorkshopStatus): HTMLElement[] {
  const { state, doing, fault } = status;
  if (doing !== undefined) return [h('p', {}, ...sentence(`En ce moment : ${doing}.`))];
  if (state === 'closed' || fault === undefined) return [h('p', {}, ...sentence(OPENING))];
  if (state === 'mended') {
    const proof = 'La copie a été retirée et redémarrée : elle charge les données de la source, et rien ne s’est perdu.';
    return [h('p', {}, ...sentence(proof)), h('p', {}, h('b', {}, 'La cause. '), ...sentence(fault.cause ?? ''))];
  }
  const place = 'Allez-y par `cd ~/atelier` : `docker compose` y agit sur la copie. Ses ports de l’hôte sont les vôtres plus 10000.';
  return [
    h('p', {}, h('b', {}, 'Ce que l’on voit. '), ...sentence(fault.symptom)),
    h('p', {}, ...sentence(place)),
    ...verdictOf(status),
    hints(fault.hints),
  ];
}

function verdictOf({ verdict }: WorkshopStatus): HTMLElement[] {
  if (verdict?.verdict !== 'not-met') return [];
  const { expected, observed, where, look } = verdict.diagnosis;
  const rows = [
    ['attendu', expected],
    ['observé', observed],
    ['où', placeOf(where)],
    ['piste', look],
  ] as const;
  const list = rows.flatMap(([name, text]) => (text === '' ? [] : [h('dt', {}, name), h('dd', {}, ...sentence(text))]));
  const seen =
    verdict.evidence !== '' &&
    h(
      'details',
      { class: 'seen' },
      h('summary', {}, icon('chev', 'chev'), 'Ce que le vérificateur a vu'),
      h('pre', { tabindex: '0', role: 'region', 'aria-label': 'Fin du journal' }, h('code', {}, verdict.evidence)),
    );
  return [h('div', { class: 'diag' }, h('dl', {}, ...list), seen)];
}

function hints(texts: readonly string[]): HTMLElement {
  const items = texts.map((text, index) =>
    h(
      'details',
      { class: 'hint' },
      h('summary', {}, icon('chev', 'chev'), `Indice ${index + 1} sur ${texts.length}`),
      h('div', {}, h('p', {}, ...sentence(text))),
    ),
  );
  return h('section', { class: 'hints', 'aria-label': 'Indices de l’atelier' }, ...items);
}

function problemOf({ problem, doing }: WorkshopStatus): HTMLElement[] {
  if (problem === undefined || doing !== undefined) return [];
  return [h('p', { class: 'problem' }, ...sentence(`${problem.message} ${problem.hint}`))];
}

function countOf({ mended, of, doing }: WorkshopStatus): HTMLElement[] {
  if (mended.length === 0 || doing !== undefined) return [];
  const count = mended.length === 1 ? 'Une panne réparée' : `${mended.length} pannes réparées`;
  return [h('p', { class: 'quiet' }, `${count} sur ${of}.`)];
}

function buttons({ state, doing }: WorkshopStatus, { act, live }: WorkshopActions): HTMLElement {
  const offers: readonly (readonly [WorkshopAction, string])[] =
    state === 'closed'
      ? [['start', 'Ouvrir l’atelier']]
      : state === 'open'
        ? [
            ['check', 'Vérifier la réparation'],
            ['restore', 'Remettre la panne'],
            ['start', 'Une autre panne'],
            ['leave', 'Quitter'],
          ]
        : [
            ['start', 'Une autre panne'],
            ['leave', 'Quitter l’atelier'],
          ];
  const made = offers.map(([action, label], index) => {
    const button = h('button', { type: 'button', class: `btn small${index === 0 ? ' primary' : ''}`, 'data-does': action }, label);
    if (doing !== undefined || !live) button.setAttribute('aria-disabled', 'true');
    else button.addEventListener('click', () => act(action));
    return button;
  });
  return h('p', { class: 'acts' }, ...made);
}
