import { french } from '../../lib/french.ts';
import { moment } from '../../lib/french-date.ts';
import { counted } from './standing-words.ts';
import { standingIn, type View } from './view.ts';

/** A published lesson, in the order of the course. */
export interface Published {
  readonly task: string;
  readonly href: string;
  readonly title: string;
  readonly minutes: number;
}

/** The card that leads on. */
export interface Resume {
  readonly when: string;
  readonly title: string;
  readonly where: string;
  readonly href: string;
  readonly does: string;
}

/** Where to go on: the last place read, or, after a finished lesson, the next one. Undefined if nothing was read yet. */
export function resumeOf(view: View, lessons: readonly Published[]): Resume | undefined {
  const { last, now } = view;
  if (last === undefined) return undefined;
  const when = moment(new Date(last.at), now);
  const { of, met, lost } = standingIn(view, ({ task }) => task === last.lesson);
  // The welcome has no criteria: it is finished when it was read to its end.
  const finished = of === 0 ? last.end === true : met === of && lost === 0;
  const next = finished ? lessons[lessons.findIndex(({ href }) => href === last.href) + 1] : undefined;
  if (next !== undefined) {
    const { of: count } = standingIn(view, ({ task }) => task === next.task);
    return {
      when: french(`Après « ${last.title} », lue ${when}`),
      title: `${next.task} ${next.title}`,
      where: french(`${counted(count, 'critère')}, prévu ${next.minutes} min`),
      href: next.href,
      does: 'Continuer',
    };
  }
  const place = last.section === undefined ? '' : `à « ${last.section.title} »`;
  const score = of === 0 ? '' : met === 0 ? counted(of, 'critère') : `${counted(met, 'critère')} sur ${of}`;
  return {
    when: `${when.charAt(0).toUpperCase()}${when.slice(1)}`,
    title: last.title,
    where: french([place, score].filter((text) => text !== '').join(' · ')),
    href: last.section === undefined ? last.href : `${last.href}#${encodeURIComponent(last.section.id)}`,
    does: 'Reprendre',
  };
}
