import { expect, it } from 'vitest';
import { askedHosts } from '../../../../server/map/asked-hosts.ts';

const hostsOf = (variables: Record<string, string | null>, secrets: string[] = []) =>
  askedHosts(variables, (host) => secrets.some((secret) => secret.includes(host))).map(({ host, port }) => `${host}:${port}`);

it.each([
  ['postgresql+psycopg2://u:p@postgres:5432/w', 'postgres:5432'],
  ['postgresql://postgres/w', 'postgres:5432'],
  ['mongodb://u:p@mongodb/?authSource=admin', 'mongodb:27017'],
  ['redis://:p@redis:6380/0', 'redis:6380'],
  ['http://source.datastream.test/users', 'source.datastream.test:80'],
  ['amqp+ssl://mq', 'mq:5672'],
  ['custom://broker', 'broker:null'],
])('reads the host of %s', (value, host) => {
  expect(hostsOf({ URL: value })).toEqual([host]);
});

it('reads a variable that is named after a host, with its port or that of the variable beside it', () => {
  expect(hostsOf({ REDIS_HOST: 'redis', REDIS_PORT: '6379' })).toEqual(['redis:6379']);
  expect(hostsOf({ DB_SERVER: 'postgres:5433' })).toEqual(['postgres:5433']);
  expect(hostsOf({ HOST: 'postgres', PORT: 'abc' })).toEqual(['postgres:null']);
  expect(hostsOf({ NAME: 'postgres', EMPTY: null, REDIS_HOST: '', PATH: '/usr/bin' })).toEqual([]);
});

it('takes no part of a password for a host', () => {
  expect(hostsOf({ URL: 'postgresql://u:p@ss/w0rd@postgres:5432/w' })).toEqual(['postgres:5432']);
  expect(hostsOf({ URL: 'postgresql://u:Maree@Basse' }, ['Maree@Basse'])).toEqual([]);
});
