import { expect, it } from 'vitest';
import type { Address, RedisRequest } from '../../../../../../server/checkpoints/network/definitions.ts';
import { redis } from '../../../../../../server/checkpoints/readers/redis/redis.ts';
import type { ContainerFacts } from '../../../../../../server/lab-engine/definitions.ts';
import { composeSubject, containerOf } from '../../fakes/compose-subject.ts';
import { noNetwork } from '../../fakes/no-network.ts';
import { viewOf } from '../../fakes/view-of.ts';

/** What a container of Redis is asked, and the reply. */
async function asked(over: Partial<ContainerFacts>, read: (view: ReturnType<typeof viewOf>) => Promise<unknown>) {
  const subject = composeSubject();
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
