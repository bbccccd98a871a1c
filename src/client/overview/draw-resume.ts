import { type Published, resumeOf } from './resume.ts';
import { type View, write } from './view.ts';

/** Draws the link back to the last place read, or on to the next lesson. Changes nothing if nothing was read yet. */
export function drawResume(page: Element, view: View): void {
  const card = page.querySelector<HTMLElement>('[data-resume]');
  const resume = resumeOf(view, [...page.querySelectorAll<HTMLElement>('[data-task]')].flatMap(published));
  if (card === null || resume === undefined) return;
  card.setAttribute('aria-label', resume.does);
  write(card.querySelector('[data-resume-when]'), resume.when);
  write(card.querySelector('[data-resume-title]'), resume.title);
  write(card.querySelector('[data-resume-where]'), resume.where);
  const link = card.querySelector('a');
  if (link === null) return;
  link.href = resume.href;
  write(link, resume.does);
}

function published(row: HTMLElement): Published[] {
  const link = row.querySelector('a');
  if (link === null) return [];
  return [{ task: row.dataset.task ?? '', href: link.pathname, title: link.textContent, minutes: Number(row.dataset.minutes) }];
}
