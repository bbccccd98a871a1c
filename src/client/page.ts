import { takeToken } from './address-token.ts';
import { openBench, watchForBench } from './bench-door.ts';
import { copyBlock } from './copy.ts';
import { revealLab, show, shown, startLayout } from './layout.ts';
import { startNavigation } from './navigation.ts';
import { startSeparator } from './separator.ts';
import { followSystemTheme, toggleTheme } from './theme.ts';

/** The few acts of the page, by the `data-act` of what was clicked; panes come and go, so the document listens. */
const acts: Readonly<Record<string, (button: HTMLElement) => unknown>> = {
  theme: toggleTheme,
  copy: copyBlock,
  lab: async () => {
    revealLab();
    (await openBench()).focusTerminal();
  },
  lesson: () => show('lesson'),
  check: async () => (await openBench()).check(),
  run: async (button) => {
    const command = button.closest<HTMLElement>('[data-command]')?.dataset.command;
    if (command === undefined) return;
    revealLab();
    await (await openBench()).run(command, button);
  },
};

document.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-act]') : null;
  const act = button === null ? undefined : acts[button.dataset.act ?? ''];
  if (button !== null && button.getAttribute('aria-disabled') !== 'true') void act?.(button);
});

let lastInLesson: HTMLElement | undefined;
document.addEventListener('focusin', (event) => {
  if (event.target instanceof HTMLElement && event.target.closest('#labo') === null) lastInLesson = event.target;
});

/** F6 goes into the terminal and out of it again, to where one was. */
document.addEventListener(
  'keydown',
  (event) => {
    if (event.key !== 'F6' || event.ctrlKey || event.altKey || event.metaKey || document.body.dataset.view !== 'lesson') return;
    event.preventDefault();
    event.stopPropagation();
    const inside = (document.activeElement?.closest('#labo') ?? null) !== null;
    if (!inside) {
      acts.lab?.(document.body);
      return;
    }
    if (shown() === 'lab') show(matchMedia('(min-width: 1100px)').matches ? 'both' : 'lesson');
    const target = lastInLesson?.isConnected ? lastInLesson : document.querySelector<HTMLElement>('.lesson-scroll');
    target?.focus();
  },
  true,
);

takeToken();
addEventListener('hashchange', takeToken);
const line = document.querySelector<HTMLElement>('.bench > .sep');
const bench = document.querySelector<HTMLElement>('.bench');
if (line !== null && bench !== null) startSeparator(line, bench);
startLayout();
followSystemTheme();
startNavigation();
watchForBench();
