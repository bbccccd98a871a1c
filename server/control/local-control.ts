import { once } from 'node:events';
import type { Services } from '../services.ts';
import type { Control } from './definitions.ts';

/** The services of this process while it holds the state folder. Closing first waits for the background work that a lab's start began. */
export function localControl(services: Services, signal = new AbortController().signal): Control {
  const close = async (): Promise<void> => {
    if (!signal.aborted) await Promise.race([services.preparation.supplied(), once(signal, 'abort')]);
    await services.preparation.end();
    services.close();
  };
  return { via: 'local', labs: services.labs, workshops: services.workshops, close };
}
