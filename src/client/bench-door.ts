import { LAYOUT_CHANGED, labIsShown } from './layout.ts';

type Bench = typeof import('./bench/bench.ts');

const OPENED = 'escale.opened';
let bench: Promise<Bench> | undefined;

/** Loads the workbench (the connection to the server, the terminals, the verdicts) when it is first shown or requested. */
export function openBench(): Promise<Bench> {
  if (bench === undefined) {
    bench = import('./bench/bench.ts');
    bench.then(
      () => mark(),
      () => {
        bench = undefined;
      },
    );
  }
  return bench;
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
export function watchForBench(): void {
  const look = (): void => {
    if (bench !== undefined) return;
    if (labIsShown() || (wasOpen() && document.body.dataset.view === 'lesson')) void openBench();
  };
  document.addEventListener(LAYOUT_CHANGED, look);
  const idle = (): void => {
    if ('requestIdleCallback' in window) requestIdleCallback(look, { timeout: 500 });
    else setTimeout(look, 50);
  };
  if (document.readyState === 'complete') idle();
  else addEventListener('load', idle, { once: true });
}
