import { cache } from './cache.ts';
import { persistence } from './persistence.ts';
import { service } from './service.ts';

export const task22 = [service, persistence, cache];
