/** The lesson of a page: `1.3`, or `bienvenue`. Undefined if the page is not a lesson. */
export function lessonOf(path: string): string | undefined {
  return /^\/fr\/(\d\.\d|bienvenue)\/$/.exec(path)?.[1];
}

/** The scrolling element: the lesson's pane, or the page. */
export function scroller(): Element {
  const pane = document.querySelector('.lesson-scroll');
  if (pane !== null && getComputedStyle(pane).overflowY === 'auto') return pane;
  return document.scrollingElement ?? document.documentElement;
}
