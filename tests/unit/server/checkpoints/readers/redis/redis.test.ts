import { expect, it } from 'vitest';
import type { Address, RedisRequest } from '../../../../../../server/checkpoints/network/definitions.ts';
import { redis } from '../../../../../../server/checkpoints/readers/redis/redis.ts';
import type { ContainerFacts } from '../../../../../../server/lab-engine/definitions.ts';
import { COMPOSE, composeSubject, containerOf } from '../../fakes/compose-subject.ts';
import { noNetwork } from '../../fakes/no-network.ts';
import { viewOf } from '../../fakes/view-of.ts';

/** What a container of Redis is asked, and the reply. */
async function asked(over: Partial<ContainerFacts>, read: (view: ReturnType<typeof viewOf>) => Promise<unknown>, compose = COMPOSE) {
  const subject = composeSubject(compose);
  subject.engine.running.push(containerOf('etl', { addresses: { a: '172.18.0.2' }, ...over }));
  const questions: [Address, RedisRequest][] = [];
  const network = {
    ...noNetwork,
    redis: async (at: Address, request: RedisRequest) => {
      questions.push([at, request]);
      return { answer: 'PONG' };
    },
  };
  const reply = await read(viewOf({ ...subject, network }));
  return { reply, questions };
}

it('gives the reply, asked once a look', async () => {
  const read = await asked({}, (view) =>
    Promise.all([redis(view, { service: 'etl' }, ['PING']), redis(view, { service: 'etl' }, ['PING'])]),
  );
  expect(read).toEqual({ reply: ['PONG', 'PONG'], questions: [[{ host: '172.18.0.2', port: 6379 }, { command: ['PING'] }]] });
});

it.each<[string, Partial<ContainerFacts>, string | undefined]>([
  ['an option', { command: ['docker-entrypoint.sh', 'redis-server', '--requirepass', 'one'] }, 'one'],
  ['an option of a shell command', { command: ['sh', '-c', 'redis-server --requirepass one --save ""'] }, 'one'],
  ['an option with blanks', { command: ['redis-server', '--requirepass', 'one two'] }, 'one two'],
  ['a quoted option', { command: ['sh', '-c', `exec redis-server --requirepass 'one two'`] }, 'one two'],
  ['a variable', { env: ['A=b', 'REDIS_PASSWORD=two=2'] }, 'two=2'],
  ['an option before a variable', { command: ['redis-server', '--requirepass', 'one'], env: ['REDIS_PASSWORD=two'] }, 'one'],
  ['an empty variable', { env: ['REDIS_PASSWORD='] }, undefined],
  ['an option without value', { command: ['redis-server', '--requirepass'] }, undefined],
])('takes the password from %s', async (_name, facts, password) => {
  const { questions } = await asked(facts, (view) => redis(view, { service: 'etl' }, ['PING']));
  expect(questions[0]?.[1].auth?.password).toBe(password);
});

it.each([
  ['as it is', 'REDIS_PASSWORD: a%40b', 'a%40b'],
  ['decoded', 'REDIS_URL: redis://:a%40b@redis:6379/2', 'a@b'],
])('takes the password that the ETL is given, %s, if the server keeps its own in a file', async (_name, variable, password) => {
  const compose = COMPOSE.replace('      DATABASE_URL:', `      ${variable}\n      DATABASE_URL:`);
  const { questions } = await asked({}, (view) => redis(view, { service: 'etl' }, ['PING']), compose);
  expect(questions[0]?.[1].auth?.password).toBe(password);
});

it('takes the password that it is given', async () => {
  const { questions } = await asked({ env: ['REDIS_PASSWORD=two'] }, (view) =>
    redis(view, { service: 'etl', port: 6380 }, ['PING'], { user: 'me', password: 'three' }),
  );
  expect(questions).toEqual([
    [
      { host: '172.18.0.2', port: 6380 },
      { command: ['PING'], auth: { user: 'me', password: 'three' } },
    ],
  ]);
});
