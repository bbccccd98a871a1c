import { takeToken } from './address-token.ts';
import { copyBlock } from './copy.ts';
import { lastCommand } from './last-command.ts';
import { LAYOUT_CHANGED, revealLab, show, startLayout } from './layout.ts';
import { startTerms } from './lesson/terms.ts';
import { remember } from './memory.ts';
import { startNavigation } from './navigation.ts';
import { openPalette, startPalette } from './open-palette.ts';
import { openWorkbench, watchForWorkbench } from './open-workbench.ts';
import { addPageActions } from './page-actions.ts';
import { addPagePanes } from './page-panes.ts';
import { enterPane, startPanes } from './panes.ts';
import { startKeptPlace } from './reading/kept-place.ts';
import { startLastRead } from './reading/last-read.ts';
import { startTimekeeping } from './reading/time-spent.ts';
import { startSeparator } from './separator.ts';
import { followSystemTheme, toggleTheme } from './theme.ts';

/** Click handlers, by the `data-action` attribute of the button. The document listens, since panes are replaced. */
const actions: Readonly<Record<string, (button: HTMLElement) => unknown>> = {
  theme: toggleTheme,
  palette: openPalette,
  copy: copyBlock,
  enlarge: async (button) => (await import('./enlarge.ts')).enlarge(button),
  'open-file': async (button) => (await openWorkbench()).openFile(button.dataset.file ?? ''),
  lab: () => enterPane('terminal'),
  map: async () => (await openWorkbench()).openMap(),
  lesson: () => show('lesson'),
  check: async () => (await openWorkbench()).check(),
  run: async (button) => {
    const command = button.closest<HTMLElement>('[data-command]')?.dataset.command;
    if (command === undefined) return;
    lastCommand.set(command);
    revealLab();
    await (await openWorkbench()).run(command, button);
  },
};

document.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-action]') : null;
  const action = button === null ? undefined : actions[button.dataset.action ?? ''];
  if (button !== null && button.getAttribute('aria-disabled') !== 'true') void action?.(button);
});

takeToken();
addEventListener('hashchange', takeToken);
const line = document.querySelector<HTMLElement>('.workbench > .sep');
const workbench = document.querySelector<HTMLElement>('.workbench');
if (line !== null && workbench !== null) {
  const set = (lesson: number | undefined): void => {
    if (lesson === undefined) document.documentElement.style.removeProperty('--lesson');
    else document.documentElement.style.setProperty('--lesson', `${lesson}%`);
    remember({ lesson });
  };
  startSeparator(line, workbench, { axis: 'x', min: 30, max: 75, usual: 44, set });
}
startLayout();
startKeptPlace();
addPagePanes();
startPanes();
addPageActions();
startPalette();
followSystemTheme();
startNavigation();
startTimekeeping();
startLastRead();
startTerms();
watchForWorkbench();

/** Loads the scripts of the elements on screen: the overview's progress, the predictions of a lesson. */
function openElements(): void {
  if (document.querySelector('escale-progress') !== null) void import('./overview/progress-element.ts');
  if (document.querySelector('escale-predict') !== null) void import('./lesson/predict-element.ts');
}
document.addEventListener(LAYOUT_CHANGED, openElements);
openElements();
