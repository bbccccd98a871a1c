import type { Criterion } from '../../definitions.ts';
import { cached } from './cached.ts';
import { docs } from './docs.ts';
import { health } from './health.ts';
import { reachable } from './reachable.ts';
import { service } from './service.ts';
import { stats } from './stats.ts';
import { user } from './user.ts';
import { users } from './users.ts';

/** 2.3, the API: how it is built and reached, and what it answers. */
export const task23: readonly Criterion[] = [service, reachable, docs, health, users, user, stats, cached];
