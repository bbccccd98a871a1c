import type { Lab } from '../labs/service/lab.ts';

/** Calls back whenever the lab has become ready, again after each restart. */
export function whenReady(lab: Lab, onReady: () => void): void {
  let wasReady = false;
  lab.on('change', () => {
    const ready = lab.status().state === 'ready';
    if (ready && !wasReady) onReady();
    wasReady = ready;
  });
}
