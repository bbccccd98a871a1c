import { lessonOf, scroller } from './place.ts';

/** The place in the last lesson read. */
export interface LastRead {
  readonly lesson: string;
  readonly href: string;
  /** The page's title without the site's name: « 1.3 Écrire un bon Dockerfile ». */
  readonly title: string;
  /** The section or the step on screen; absent at the beginning of the lesson. */
  readonly section?: { readonly id: string; readonly title: string };
  /** Whether the end of the lesson was on screen. */
  readonly end?: boolean;
  /** ISO time. */
  readonly at: string;
}

const KEY = 'escale.last';
const SETTLE_MS = 600;

/** Remembers the place on screen, for « reprendre ». */
export function startLastRead(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keepSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(keepPlace, SETTLE_MS);
  };
  document.addEventListener('scroll', keepSoon, { capture: true, passive: true });
  document.addEventListener('visibilitychange', keepPlace);
  // Delayed: the place is known only after layout, and the first paint should not wait for that.
  keepSoon();
}

/** Stores the place on screen now; does nothing if no lesson is open. */
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
    ...(atEnd() && { end: true }),
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

/** Maximum distance of a heading from the top of the view to still count as reached. */
const UNDER_TOP_PX = 120;

function atEnd(): boolean {
  const { scrollTop, clientHeight, scrollHeight } = scroller();
  return scrollTop + clientHeight > scrollHeight - UNDER_TOP_PX;
}

/** The last heading or step reached. */
function sectionOnScreen(): LastRead['section'] {
  const pane = scroller();
  if (pane.scrollTop < 40) return undefined;
  const line = Math.max(0, pane.getBoundingClientRect().top) + UNDER_TOP_PX;
  const headings = [...document.querySelectorAll<HTMLElement>('.prose :is(h2[id], h3[id], [id^="etape-"])')];
  const last = headings.findLast((heading) => heading.getBoundingClientRect().top < line);
  return last && { id: last.id === 'criteres-titre' ? 'criteres' : last.id, title: titleOf(last) };
}

/** « Étape 3 : L’extraction », or the heading. */
function titleOf({ id, localName, textContent }: HTMLElement): string {
  const step = /^etape-(?:\d+-)?(\d+)$/.exec(id)?.[1];
  if (step === undefined) return textContent;
  return localName === 'strong' ? `Étape ${step} : ${textContent.replace(/\.$/, '')}` : `Étape ${step}`;
}

function isLastRead(value: unknown): value is LastRead {
  if (typeof value !== 'object' || value === null) return false;
  const { lesson, href, title, at, section, end } = value as Record<string, unknown>;
  const place = section === undefined || (typeof section === 'object' && section !== null && 'id' in section && 'title' in section);
  return (
    [lesson, href, title, at].every((text) => typeof text === 'string') &&
    lessonOf(String(href)) !== undefined &&
    place &&
    ['boolean', 'undefined'].includes(typeof end)
  );
}
