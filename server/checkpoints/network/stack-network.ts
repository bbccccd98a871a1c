import { askHttp } from './ask-http.ts';
import { askMongo } from './ask-mongo.ts';
import { askRedis } from './ask-redis.ts';
import type { Dialer, StackNetwork } from './definitions.ts';

/** Asks the programs of the learner's stack over the dialer's connections. */
export function stackNetwork(dialer: Dialer): StackNetwork {
  return {
    http: (at, request, signal) => askHttp(dialer, at, request, signal),
    redis: (at, request, signal) => askRedis(dialer, at, request, signal),
    mongo: (at, request, signal) => askMongo(dialer, at, request, signal),
  };
}
