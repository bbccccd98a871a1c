import type { Services } from '../services.ts';
import type { Control } from './definitions.ts';

/** The services of this process, for as long as it holds the state folder. */
export function localControl(services: Services): Control {
  return { via: 'local', labs: services.labs, close: async () => services.close() };
}
