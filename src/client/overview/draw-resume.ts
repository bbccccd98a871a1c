import { french } from '../../lib/french.ts';
import { moment } from '../../lib/french-date.ts';
import { counted } from './standing-words.ts';
import { standingIn, type View, write } from './view.ts';

/** Draws the link back to the last place read. Changes nothing if nothing was read yet. */
export function drawResume(page: Element, view: View): void {
  const card = page.querySelector<HTMLElement>('[data-resume]');
  const { last, now } = view;
  if (card === null || last === undefined) return;
  const { of, met } = standingIn(view, ({ task }) => task === last.lesson);
  const when = moment(new Date(last.at), now);
  card.setAttribute('aria-label', 'Reprendre');
  write(card.querySelector('[data-resume-when]'), `${when.charAt(0).toUpperCase()}${when.slice(1)}`);
  write(card.querySelector('[data-resume-title]'), last.title);
  const place = last.section === undefined ? '' : `à « ${last.section.title} »`;
  const score = of === 0 ? '' : met === 0 ? counted(of, 'critère') : `${counted(met, 'critère')} sur ${of}`;
  write(card.querySelector('[data-resume-where]'), french([place, score].filter((text) => text !== '').join(' · ')));
  const link = card.querySelector('a');
  if (link === null) return;
  link.href = last.section === undefined ? last.href : `${last.href}#${encodeURIComponent(last.section.id)}`;
  write(link, 'Reprendre');
}
