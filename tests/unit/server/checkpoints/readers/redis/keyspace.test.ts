import { expect, it } from 'vitest';
import { toKeyspace } from '../../../../../../server/checkpoints/readers/redis/keyspace.ts';

it.each([
  ['# Keyspace\r\n', { keys: 0, expiring: 0, ttlSeconds: 0 }],
  ['# Keyspace\r\ndb0:keys=3,expires=2,avg_ttl=299400\r\n', { keys: 3, expiring: 2, ttlSeconds: 299 }],
  [
    '# Keyspace\r\ndb0:keys=1,expires=0,avg_ttl=0\r\ndb2:keys=4,expires=4,avg_ttl=900000,subexpiry=0\r\n',
    { keys: 5, expiring: 4, ttlSeconds: 900 },
  ],
  ['nonsense', { keys: 0, expiring: 0, ttlSeconds: 0 }],
])('reads %j', (reply, keyspace) => {
  expect(toKeyspace(reply)).toEqual(keyspace);
});
