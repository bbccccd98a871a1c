import { shape } from '../dom.ts';
import { askProgress } from '../overview/ask-progress.ts';
import { stateWords } from '../overview/standing-words.ts';
import { standingIn } from '../overview/view.ts';
import { lessonOf } from '../reading/place.ts';
import type { Session } from './session.ts';

/** Marks the other tasks of the part, in the list at the head of a lesson, as they were last seen. The open one follows its verdicts. */
export async function markOtherTasks(session: Session): Promise<void> {
  const links = document.querySelectorAll<HTMLAnchorElement>('.tasks a:not([aria-current])');
  if (links.length === 0) return;
  const achievements = await askProgress(session);
  for (const link of links) {
    const id = lessonOf(link.pathname);
    const { shape: state, text } = stateWords(standingIn({ achievements }, ({ task }) => task === id));
    link.querySelector('svg')?.replaceWith(shape(state, text));
  }
}
