import { duration } from '../../lib/duration.ts';
import { french } from '../../lib/french.ts';
import { shape } from '../dom.ts';
import { spentWords } from '../reading/time-spent.ts';
import { criterionWords, paceWords, type Said, stateWords, taskWords } from './standing-words.ts';
import { spentOn, spentOnPart, standingIn, type View, write } from './view.ts';

/** Draws the table of parts, with the tasks of each part and their criteria. */
export function drawParts(page: Element, view: View): void {
  for (const row of page.querySelectorAll<HTMLElement>('[data-part][data-open]')) drawPart(row, view);
  for (const item of page.querySelectorAll<HTMLElement>('[data-task]')) drawTask(item, view);
  write(page.querySelector('[data-total-spent]'), totalWords(page, view));
}

function drawPart(row: HTMLElement, view: View): void {
  const part = row.dataset.part ?? '';
  const spent = spentOnPart(view, part);
  write(row.querySelector('[data-part-spent]'), spentWords(spent) || '–');
  const standing = standingIn(view, ({ task }) => task.charAt(0) === part);
  const said = stateWords(standing, { written: row.dataset.written !== undefined, begun: spent >= 60_000 });
  const cell = row.querySelector('[data-state]');
  if (cell?.textContent !== said.text) cell?.replaceChildren(shape(said.shape), said.text);
  write(row.querySelector('[data-criteria]'), `${standing.met} sur ${standing.of}`);
}

function drawTask(item: HTMLElement, view: View): void {
  const standing = standingIn(view, ({ task }) => task === item.dataset.task);
  const said = stateWords(standing, { begun: spentOn(view, [item.dataset.task ?? '']) >= 60_000 });
  draw(item.querySelector('.task-shape'), said, said.text);
  write(item.querySelector('[data-task-words]'), taskWords(standing, view.now));
  for (const line of item.querySelectorAll<HTMLElement>('[data-announced]')) {
    const words = criterionWords(view.achievements.get(line.dataset.announced ?? ''), view.now);
    line.firstElementChild?.replaceWith(shape(words.shape));
    write(line.querySelector('.when'), french(words.text));
  }
}

/** Draws a shape with a label for screen readers only: the column beside it shows the details. */
function draw(place: Element | null, { shape: state }: Said, label: string): void {
  if (place === null || place.getAttribute('data-said') === label) return;
  place.setAttribute('data-said', label);
  place.replaceChildren(shape(state, label));
}

/** « Temps passé : 1 h 12 », and the difference from the plan over the finished lessons. */
function totalWords(page: Element, view: View): string {
  const items = [...page.querySelectorAll<HTMLElement>('[data-task]')];
  const minutes = Math.floor(spentOn(view, Object.keys(view.spent)) / 60_000);
  if (minutes < 1) return '';
  const finished = items.filter(({ dataset }) => {
    const { met, of } = standingIn(view, ({ task }) => task === dataset.task);
    return met === of && (view.spent[dataset.task ?? ''] ?? 0) > 0;
  });
  const planned = finished.reduce((sum, item) => sum + Number(item.dataset.minutes ?? 0), 0);
  const spent = spentOn(
    view,
    finished.map((item) => item.dataset.task ?? ''),
  );
  return french(`Temps passé : ${duration(minutes)}, gardé dans ce navigateur. ${paceWords(planned, spent)}`.trim());
}
