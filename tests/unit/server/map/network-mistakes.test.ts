import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createMask } from '../../../../server/checkpoints/mask.ts';
import { composeModelSchema } from '../../../../server/checkpoints/readers/compose/model.ts';
import type { ContainerFacts } from '../../../../server/lab-engine/definitions.ts';
import { buildMap } from '../../../../server/map/build-map.ts';
import type { Declared } from '../../../../server/map/definitions.ts';
import { BROWSER, reach } from '../../../../src/client/map/reach.ts';
import { actualOf } from './actual-of.ts';

const CONFIG = 'run ["docker","compose","--profile","*","config","--format","json"]';
/** What each service of the course listens on. The recordings of mistakes do not hold it. */
const LISTENS: Readonly<Record<string, number[]>> = { postgres: [5432], pgadmin: [80], mongodb: [27_017], redis: [6379], api: [8000] };

/** Mistakes whose programs listen on their containers' own loopback. */
const ON_LOOPBACK = ['2.3/loopback-only'];

/** The map of a mistake of the catalogue, from what was recorded when it was played in a lab. */
function mapOfMistake(mistake: string) {
  const file = new URL(`../../../../lab-stack/mistakes/${mistake}/facts.json`, import.meta.url);
  const { facts } = JSON.parse(readFileSync(file, 'utf8'));
  const resolved: unknown = JSON.parse(facts[CONFIG].stdout.replaceAll('$$', '$'));
  const declared: Declared = {
    state: 'readable',
    project: { files: ['docker-compose.yml'], model: composeModelSchema.parse(resolved) },
    folder: facts['run ["pwd"]'].stdout.trim(),
    aliases: {},
  };
  const containers: ContainerFacts[] = facts.containers ?? [];
  const ports = Object.fromEntries(containers.map(({ id, labels }) => [id, LISTENS[labels['com.docker.compose.service'] ?? ''] ?? []]));
  const actual = actualOf(containers, { nowMs: facts.clock }, ports);
  const loopback = ON_LOOPBACK.includes(mistake);
  const listening = new Map([...(actual.listening ?? [])].map(([id, sockets]) => [id, sockets.map((socket) => ({ ...socket, loopback }))]));
  const map = buildMap(declared, { ...actual, listening }, { secrets: [], mask: createMask([]) });
  if (map.state !== 'drawn') throw new Error(map.state);
  return map;
}

it.each([
  ['1.4/networks-apart', 'etl', 'postgres', 'no-common-network'],
  ['1.4/address-of-another', 'etl', 'postgres', 'address-written'],
  ['1.4/host-of-desktop', 'etl', 'postgres', 'host-of-desktop'],
  ['1.4/host-unknown', 'etl', 'postgres', 'name-unknown'],
  ['1.4/localhost', 'etl', 'postgres', 'localhost'],
  ['1.4/port-of-the-host', 'etl', 'postgres', 'published-port'],
  ['1.4/port-to-nothing', BROWSER, 'postgres', 'not-started'],
  ['2.3/database-on-localhost', 'api', 'postgres', 'localhost'],
  ['2.3/not-published', BROWSER, 'api', 'not-published'],
  ['2.3/other-port-inside', BROWSER, 'api', 'wrong-port'],
  ['2.3/loopback-only', BROWSER, 'api', 'loopback'],
  ['2.4/redis-left-out', 'etl', 'redis', 'no-common-network'],
  ['2.4/host-network', 'etl', 'api', 'host-network'],
  ['2.4/internal-with-ports', BROWSER, 'postgres', 'internal'],
  ['2.4/gateway-outside', 'etl', 'postgres', 'not-started'],
  ['1.4/log-elsewhere', 'etl', 'postgres', 'reachable'],
])('%s: %s → %s', (mistake, from, to, reason) => {
  expect(reach(mapOfMistake(mistake), from, to).reason).toBe(reason);
});
