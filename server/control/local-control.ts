import { once } from 'node:events';
import type { Services } from '../services.ts';
import type { Control } from './definitions.ts';

/** The services of this process, for as long as it holds the state folder. Closing ends first what a lab's start has set going behind it. */
export function localControl(services: Services, signal = new AbortController().signal): Control {
  const close = async (): Promise<void> => {
    if (!signal.aborted) await Promise.race([services.preparation.supplied(), once(signal, 'abort')]);
    await services.preparation.end();
    services.close();
  };
  return { via: 'local', labs: services.labs, close };
}
