import type { RedisReply } from '../../network/definitions.ts';

/** What a Redis server holds, all its databases together. */
export interface Keyspace {
  readonly keys: number;
  /** Number of keys that expire. */
  readonly expiring: number;
  /** The longest mean time to live of a database, in seconds. */
  readonly ttlSeconds: number;
}

/** Reads the reply to `INFO keyspace`: `db0:keys=3,expires=2,avg_ttl=299000`. */
export function toKeyspace(reply: RedisReply): Keyspace {
  const databases = [...String(reply).matchAll(/^db\d+:keys=(\d+),expires=(\d+),avg_ttl=(\d+)/gm)];
  const sum = (index: number) => databases.reduce((total, match) => total + Number(match[index]), 0);
  return { keys: sum(1), expiring: sum(2), ttlSeconds: Math.round(Math.max(0, ...databases.map((match) => Number(match[3]))) / 1000) };
}
