import { LAYOUT_CHANGED, labIsShown } from './layout.ts';

type Workbench = typeof import('./workbench/workbench.ts');

const OPENED = 'escale.opened';
/** Time before a script that could not be loaded is requested again, in milliseconds; doubled up to the longest. */
const RETRY_MS = 1000;
const LONGEST_RETRY_MS = 30_000;
let workbench: Promise<Workbench> | undefined;
let retryMs = RETRY_MS;

/** Loads the workbench (the connection to the server, the terminals, the verdicts) when it is first shown or requested. */
export function openWorkbench(): Promise<Workbench> {
  if (workbench === undefined) {
    workbench = import('./workbench/workbench.ts');
    workbench.then(
      () => mark(),
      () => {
        workbench = undefined;
        retryLater();
      },
    );
  }
  return workbench;
}

/** A server that restarts, or a network that fails once, must not leave the lesson without its lab. */
function retryLater(): void {
  const status = document.querySelector('escale-status');
  if (status !== null) status.textContent = `Le labo n’a pas pu être chargé, nouvel essai dans ${retryMs / 1000}\u00a0s`;
  setTimeout(() => openWorkbench().catch(() => undefined), retryMs);
  retryMs = Math.min(2 * retryMs, LONGEST_RETRY_MS);
}

function mark(): void {
  try {
    sessionStorage.setItem(OPENED, 'yes');
  } catch {
    // Without storage the browser opens the workbench again when it is shown; nothing is lost.
    document.documentElement.dataset.memory = 'none';
  }
}

function wasOpen(): boolean {
  try {
    return sessionStorage.getItem(OPENED) === 'yes';
  } catch {
    return false;
  }
}

/** Opens the workbench as soon as the lab is on screen, after the lesson can be read. */
export function watchForWorkbench(): void {
  const openIfSeen = (): void => {
    if (workbench !== undefined) return;
    if (labIsShown() || (wasOpen() && document.body.dataset.view === 'lesson')) openWorkbench().catch(() => undefined);
  };
  document.addEventListener(LAYOUT_CHANGED, openIfSeen);
  const idle = (): void => {
    if ('requestIdleCallback' in window) requestIdleCallback(openIfSeen, { timeout: 500 });
    else setTimeout(openIfSeen, 50);
  };
  if (document.readyState === 'complete') idle();
  else addEventListener('load', idle, { once: true });
}
