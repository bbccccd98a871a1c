/** The page of a lesson: `1.3`, or `bienvenue`. Undefined where nothing is read. */
export function lessonOf(path: string): string | undefined {
  return /^\/fr\/([^/]+)\/$/.exec(path)?.[1];
}

/** What scrolls: the lesson in its pane, or the page. */
export function scroller(): Element {
  const pane = document.querySelector('.lesson-scroll');
  if (pane !== null && getComputedStyle(pane).overflowY === 'auto') return pane;
  return document.scrollingElement ?? document.documentElement;
}
