import { LAYOUT_CHANGED, labIsShown } from './layout.ts';

type Workbench = typeof import('./workbench/workbench.ts');

const OPENED = 'escale.opened';
let workbench: Promise<Workbench> | undefined;

/** Loads the workbench (the connection to the server, the terminals, the verdicts) when it is first shown or requested. */
export function openWorkbench(): Promise<Workbench> {
  if (workbench === undefined) {
    workbench = import('./workbench/workbench.ts');
    workbench.then(
      () => mark(),
      () => {
        workbench = undefined;
      },
    );
  }
  return workbench;
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
    if (labIsShown() || (wasOpen() && document.body.dataset.view === 'lesson')) void openWorkbench();
  };
  document.addEventListener(LAYOUT_CHANGED, openIfSeen);
  const idle = (): void => {
    if ('requestIdleCallback' in window) requestIdleCallback(openIfSeen, { timeout: 500 });
    else setTimeout(openIfSeen, 50);
  };
  if (document.readyState === 'complete') idle();
  else addEventListener('load', idle, { once: true });
}
