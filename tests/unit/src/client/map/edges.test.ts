import { expect, it } from 'vitest';
import { edgesOf, linesOf } from '../../../../../src/client/map/edges.ts';
import { mapOf, service } from './sample-map.ts';

const box = (x: number, y: number) => ({ x, y, width: 100, height: 50 });

it('draws what waits and who talks, with the port and the number of connections', () => {
  const waitsFor = [
    { service: 'postgres', condition: 'healthy' as const, satisfied: true },
    { service: 'redis', condition: 'started' as const, satisfied: false },
  ];
  const talks = [
    { from: 'etl', to: 'postgres', port: 5432, open: 3 },
    { from: 'api', to: 'redis', port: 6379, open: 0 },
    { from: 'etl', to: 'etl', port: 80, open: 1 },
  ];
  const map = mapOf([service('etl', { waitsFor }), service('postgres'), service('redis'), service('api')], { talks });
  expect(edgesOf(map).map(({ kind, from, to, label }) => `${kind} ${from} ${to} ${label}`.trim())).toEqual([
    'waits etl postgres',
    'waits-still etl redis',
    'talks etl postgres :5432 × 3',
    'talked api redis :6379',
  ]);
});

it('spreads lines along the side where they meet, and leaves out ends that have no place', () => {
  const places = new Map([
    ['db', box(0, 0)],
    ['a', box(200, 0)],
    ['b', box(200, 100)],
  ]);
  const edge = (from: string, to: string) => ({ kind: 'waits' as const, from, to, label: '' });
  const lines = linesOf([edge('b', 'db'), edge('a', 'db'), edge('a', 'gone')], places);
  expect(lines.map(({ path }) => path.replace(/ C.*? (\S+ \S+)$/, ' $1'))).toEqual(['M200 125 100 31', 'M200 25 100 19']);
});
