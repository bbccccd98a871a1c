import { projectPathSchema } from '../../../contract/files.ts';
import type { Evidence, Remark, Verdict, Where } from '../../../contract/verdict.ts';
import { h, icon, sentence, shape } from '../dom.ts';
import { placeOf, pointsOf, stateOf, whyOf } from './verdict-words.ts';

export interface RowActions {
  /** The learner clicked the button of this criterion's trial. */
  readonly trial: (criterion: string) => void;
  /** Opens a file that a diagnosis names in the editor. */
  readonly open: (file: string, line: number | undefined) => void;
  /** Whether a trial is running in the lab. */
  readonly busy: boolean;
  /** Whether the connection is open and the lab is ready. */
  readonly live: boolean;
  /** Whether nothing was attempted yet: the diagnosis waits. */
  readonly early: boolean;
  /** Whether the row before has the same unmet prerequisite and shows it; it is shown only once. */
  readonly said: boolean;
}

/** Draws a criterion in its list item. Details that the reader opened stay open. */
export function drawRow(item: HTMLElement, verdict: Verdict, actions: RowActions): void {
  const { shape: state, word } = stateOf(verdict);
  const open = item.querySelector('details.seen')?.hasAttribute('open') ?? false;
  const about = item.querySelector('.about');
  item.dataset.criterion = verdict.id;
  item.replaceChildren(
    shape(state),
    h('span', { class: 'name' }, ...sentence(verdict.title)),
    h('span', { class: `word st-${state}` }, word),
    h('span', { class: 'pts num' }, pointsOf(verdict)),
    ...(about === null ? [] : [about]),
    ...details(verdict, open, actions),
    ...trialButton(verdict, actions),
    ...remarks(verdict.remarks, actions),
  );
}

function details(verdict: Verdict, open: boolean, actions: RowActions): HTMLElement[] {
  if (verdict.verdict === 'met' || actions.early) return [];
  if (verdict.verdict === 'cannot-tell') {
    const why = whyOf(verdict);
    return [
      ...(actions.said ? [] : why.split('\n')).map((line) => h('p', { class: 'why' }, ...sentence(line))),
      ...(verdict.diagnosis.code.startsWith('unavailable.') ? seen(verdict.evidence, open) : []),
    ];
  }
  const { expected, observed, where, look } = verdict.diagnosis;
  const place = placeOf(where);
  const rows: [string, string][] = [
    ['attendu', expected],
    ['observé', observed],
    ['où', place],
    ['piste', look],
  ];
  const list = h(
    'dl',
    {},
    ...rows
      .filter(([, text]) => text !== '')
      .flatMap(([name, text]) => [h('dt', {}, name), h('dd', {}, ...sentence(text), ...(name === 'où' ? openButton(where, actions) : []))]),
  );
  return [h('div', { class: 'diag' }, list, ...seen(verdict.evidence, open))];
}

function seen(evidence: readonly Evidence[], open: boolean): HTMLElement[] {
  if (evidence.length === 0) return [];
  const summary = h('summary', {}, icon('chev', 'chev'), 'Ce que le vérificateur a vu');
  const excerpts = evidence.flatMap(({ source, text }) => [
    h('h4', {}, source),
    h('pre', { tabindex: '0', role: 'region', 'aria-label': source }, h('code', {}, text)),
  ]);
  return [h('details', { class: 'seen', open }, summary, ...excerpts)];
}

function trialButton(verdict: Verdict, { trial, busy, live }: RowActions): HTMLElement[] {
  if (verdict.judge !== 'trial' || verdict.verdict === 'met') return [];
  if (verdict.verdict === 'cannot-tell' && verdict.diagnosis.code.startsWith('blocked.')) return [];
  const again = verdict.verdict === 'not-met';
  const button = h(
    'button',
    { type: 'button', class: 'btn small try' },
    busy ? 'Essai en cours…' : again ? 'Relancer l’essai' : 'Lancer l’essai',
  );
  if (busy || !live) button.setAttribute('aria-disabled', 'true');
  else button.addEventListener('click', () => trial(verdict.id));
  return [button];
}

/** Opens only paths inside the project, since the lab may have forged the path. */
function openButton({ file, line }: Where, { open, live }: RowActions): HTMLElement[] {
  if (file === undefined || !projectPathSchema.safeParse(file).success) return [];
  const button = h('button', { type: 'button', class: 'btn small open', 'aria-label': `Ouvrir ${file}` }, 'Ouvrir');
  if (live) button.addEventListener('click', () => open(file, line));
  else button.setAttribute('aria-disabled', 'true');
  return [button];
}

function remarks(list: readonly Remark[], actions: RowActions): HTMLElement[] {
  if (list.length === 0) return [];
  const items = list.map(({ text, where }) => {
    const place = placeOf(where);
    const words = sentence(place === '' ? text : `${text} (${place})`);
    return h('li', {}, icon('remark'), h('span', {}, ...words, ...openButton(where, actions)));
  });
  return [h('ul', { class: 'remarks', 'aria-label': 'Remarques' }, ...items)];
}
