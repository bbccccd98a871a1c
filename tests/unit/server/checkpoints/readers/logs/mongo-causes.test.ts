import { expect, it } from 'vitest';
import { composeServices } from '../../../../../../server/checkpoints/readers/compose/compose-services.ts';
import { causeOf } from '../../../../../../server/checkpoints/readers/logs/etl-cause.ts';
import { composeSubject } from '../../fakes/compose-subject.ts';
import { viewOf } from '../../fakes/view-of.ts';

const PASSWORD = '$'.concat('{MONGO_PASSWORD}');
const URL = `mongodb://admin:${PASSWORD}@mongodb:27017/?authSource=admin`;
const COMPOSE = `name: project
services:
  mongodb:
    image: mongo:7
    environment:
      MONGO_INITDB_ROOT_USERNAME: admin
      MONGO_INITDB_ROOT_PASSWORD: ${PASSWORD}
  redis:
    image: redis:7-alpine
  etl:
    build: .
    environment:
      MONGO_URL: ${URL}
      REDIS_HOST: redis
`;
const MONGO_LINE = 13;
const REDIS_LINE = 14;
const REFUSED = "pymongo.errors.OperationFailure: Authentication failed., full error: {'ok': 0.0, 'code': 18}";

async function cause(log: string, compose = COMPOSE) {
  const { project, of } = await composeServices(viewOf(composeSubject(compose)));
  const { etl, postgres: database, mongodb, redis } = of;
  if (etl === null) throw new Error('no ETL');
  return causeOf({ log: `Traceback (most recent call last):\n${log}\n`, project, etl, database, mongodb, redis });
}

const withUrl = (url: string) => COMPOSE.replace(URL, url);

it.each([
  [
    'pymongo.errors.InvalidURI: Username and password must be escaped according to RFC 3986, use urllib.parse.quote_plus',
    COMPOSE,
    'etl.mongo-not-encoded',
    MONGO_LINE,
  ],
  [REFUSED, COMPOSE, 'etl.mongo-old-volume', 6],
  [REFUSED, withUrl('mongodb://admin:other@mongodb:27017/?authSource=admin'), 'etl.mongo-password', MONGO_LINE],
  [REFUSED, withUrl(`mongodb://admin:${PASSWORD}@mongodb:27017/datawarehouse`), 'etl.mongo-auth-source', MONGO_LINE],
  [
    "pymongo.errors.OperationFailure: command insert requires authentication, full error: {'ok': 0.0, 'code': 13}",
    withUrl('mongodb://mongodb:27017/'),
    'etl.mongo-no-account',
    MONGO_LINE,
  ],
  [
    'pymongo.errors.ServerSelectionTimeoutError: mongo:27017: [Errno -2] Name or service not known (configured timeouts: …)',
    withUrl('mongodb://mongo:27017/'),
    'etl.mongo-unknown',
    MONGO_LINE,
  ],
  [
    'pymongo.errors.ServerSelectionTimeoutError: localhost:27017: [Errno 111] Connection refused (configured timeouts: …)',
    withUrl('mongodb://localhost:27017/'),
    'etl.mongo-localhost',
    MONGO_LINE,
  ],
  [
    'pymongo.errors.ServerSelectionTimeoutError: mongodb:27018: [Errno 111] Connection refused (configured timeouts: …)',
    COMPOSE,
    'etl.mongo-refused',
    MONGO_LINE,
  ],
  ['redis.exceptions.AuthenticationError: Authentication required.', COMPOSE, 'etl.redis-password', REDIS_LINE],
  ['redis.exceptions.AuthenticationError: invalid username-password pair or user is disabled.', COMPOSE, 'etl.redis-password', REDIS_LINE],
  [
    'redis.exceptions.ConnectionError: Error -2 connecting to cache:6379. Name or service not known.',
    COMPOSE,
    'etl.redis-unknown',
    REDIS_LINE,
  ],
  ['redis.exceptions.ConnectionError: Error 111 connecting to redis:6379. Connection refused.', COMPOSE, 'etl.redis-refused', REDIS_LINE],
])('reads the cause in a log: %s', async (log, compose, code, line) => {
  const found = await cause(log, compose);
  expect(found).toMatchObject({ code, where: { line } });
});
