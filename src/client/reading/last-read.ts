import { lessonOf, scroller } from './place.ts';

/** Where one was in the lesson that was read last. */
export interface LastRead {
  readonly lesson: string;
  readonly href: string;
  /** Of the page, without the site's name: « 1.3 Écrire un bon Dockerfile ». */
  readonly title: string;
  /** The section one was in; absent at the beginning. */
  readonly section?: { readonly id: string; readonly title: string };
  /** ISO time. */
  readonly at: string;
}

const KEY = 'escale.last';
const SETTLE_MS = 600;

/** Remembers where one reads, for « reprendre ». */
export function startLastRead(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keepSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(keepPlace, SETTLE_MS);
  };
  document.addEventListener('scroll', keepSoon, { capture: true, passive: true });
  document.addEventListener('visibilitychange', keepPlace);
  // Not now: where the page stands is known once it has been laid out, which the first paint should not wait for.
  keepSoon();
}

/** Keeps the place on screen now; nothing where no lesson is. */
export function keepPlace(): void {
  const lesson = lessonOf(location.pathname);
  const title = document.querySelector('.lesson h1')?.textContent;
  if (lesson === undefined || !title) return;
  const section = sectionOnScreen();
  const last: LastRead = {
    lesson,
    href: location.pathname,
    title: document.title.replace(/ · Escale$/, ''),
    ...(section && { section }),
    at: new Date().toISOString(),
  };
  try {
    localStorage.setItem(KEY, JSON.stringify(last));
  } catch {
    document.documentElement.dataset.memory = 'none';
  }
}

export function lastRead(): LastRead | undefined {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null');
    return isLastRead(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** How far under the top of what is seen a heading still names what one reads. */
const UNDER_TOP_PX = 120;

/** The last heading that was reached. */
function sectionOnScreen(): LastRead['section'] {
  const pane = scroller();
  if (pane.scrollTop < 40) return undefined;
  const line = Math.max(0, pane.getBoundingClientRect().top) + UNDER_TOP_PX;
  const headings = [...document.querySelectorAll<HTMLElement>('.prose :is(h2, h3)[id]')];
  const last = headings.findLast((heading) => heading.getBoundingClientRect().top < line);
  return last && { id: last.id === 'criteres-titre' ? 'criteres' : last.id, title: last.textContent };
}

function isLastRead(value: unknown): value is LastRead {
  if (typeof value !== 'object' || value === null) return false;
  const { lesson, href, title, at, section } = value as Record<string, unknown>;
  const place = section === undefined || (typeof section === 'object' && section !== null && 'id' in section && 'title' in section);
  return [lesson, href, title, at].every((text) => typeof text === 'string') && lessonOf(String(href)) !== undefined && place;
}
