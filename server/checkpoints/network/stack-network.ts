import { askHttp } from './ask-http.ts';
import { askRedis } from './ask-redis.ts';
import type { Dialer, StackNetwork } from './definitions.ts';

/** The programs of the learner's stack, over connections of this kind. */
export function stackNetwork(dialer: Dialer): StackNetwork {
  return {
    http: (at, request, signal) => askHttp(dialer, at, request, signal),
    redis: (at, request, signal) => askRedis(dialer, at, request, signal),
  };
}
