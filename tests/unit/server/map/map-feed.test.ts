import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { StackMap } from '../../../../contract/stack-map.ts';
import type { ContainerFacts, LabStack } from '../../../../server/lab-engine/definitions.ts';
import { LabUnavailable } from '../../../../server/lab-engine/lab-unavailable.ts';
import type { Lab } from '../../../../server/labs/service/lab.ts';
import { createLogger } from '../../../../server/logging/logger.ts';
import { MapFeed } from '../../../../server/map/map-feed.ts';
import { composeSubject, containerOf } from '../checkpoints/fakes/compose-subject.ts';
import { fakeLabs } from '../fakes/fake-labs.ts';

const SECRET = 'Brise-de-mer-1887';

let lab: Lab;
let containers: ContainerFacts[];
let engineThere: boolean;
let questions: number;
let happens: () => void;
let feed: MapFeed;
let maps: StackMap[];
const tell = (map: StackMap) => void maps.push(map);

beforeEach(async () => {
  vi.useFakeTimers();
  lab = fakeLabs().lab('solo');
  containers = [containerOf('postgres')];
  engineThere = true;
  questions = 0;
  happens = () => undefined;
  maps = [];
  const stack: LabStack = {
    containers: async () => {
      questions++;
      if (!engineThere) throw new LabUnavailable('engine');
      return containers;
    },
    networks: async () => [],
    volumes: async () => [],
    pid: async () => 7,
    listening: async (pids) => new Map(pids.map((pid) => [pid, [{ port: 5432, loopback: false }]])),
    connections: async () => new Map(),
    usage: async () => ({ cpuNs: questions, systemNs: questions, cpus: 1, memoryBytes: 2 ** 25 }),
  };
  const subject = composeSubject(undefined, { '.env': `POSTGRES_PASSWORD=${SECRET}\n` });
  subject.engine.logs = async () => `connected as dataeng with ${SECRET}\n`;
  feed = new MapFeed({
    lab,
    source: () => {
      lab.agent();
      return { subject, stack };
    },
    events: (onEvent, signal) => {
      happens = onEvent;
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
    },
    now: () => Date.now(),
    log: createLogger('silent', new Writable()),
  });
});

afterEach(() => void vi.useRealTimers());

const settle = (ms = 1) => vi.advanceTimersByTimeAsync(ms);
const last = () => maps.at(-1);
const stateOf = (name: string) => {
  const map = last();
  return map?.state === 'drawn' ? map.services.find((one) => one.name === name)?.state : map?.state;
};

describe('a page that shows the map', () => {
  beforeEach(async () => {
    await lab.start();
    feed.join(tell);
    await settle();
  });

  it('gets it at once, and again when the engine reports a change', async () => {
    expect(stateOf('postgres')).toBe('good');
    containers = [containerOf('postgres', { state: 'exited', exitCode: 0 })];
    await settle(100);
    happens();
    await settle();
    expect(stateOf('postgres')).toBe('stopped');
  });

  it('is not told the same twice', async () => {
    await settle(10_000);
    const told = maps.length;
    await settle(100);
    happens();
    happens();
    await settle(1000);
    expect(maps).toHaveLength(told);
  });

  it('costs few readings while events never stop', async () => {
    await settle(1000);
    const before = questions;
    for (let event = 0; event < 1000; event++) {
      happens();
      await settle(1);
    }
    expect(questions - before).toBeLessThan(30);
  });

  it('sees loads and ports without an event', async () => {
    await settle(5000);
    const map = last();
    const postgres = map?.state === 'drawn' ? map.services[0]?.container : null;
    expect(postgres).toMatchObject({ cpuPercent: 100, memoryBytes: 2 ** 25, listening: [{ port: 5432 }] });
  });

  it('says that the engine is away, and draws again once it answers', async () => {
    engineThere = false;
    happens();
    await settle(100);
    expect(last()).toEqual({ state: 'away' });
    engineThere = true;
    await settle(5000);
    expect(stateOf('postgres')).toBe('good');
  });

  it('gets logs without secrets, and a reason where there are none', async () => {
    expect(await feed.logs('postgres')).toEqual({
      service: 'postgres',
      container: 'project-postgres-1',
      text: 'connected as dataeng with ••••••\n',
    });
    await expect(feed.logs('etl')).rejects.toMatchObject({ code: 'map.no-container', kind: 'not-found' });
  });

  it('costs nothing once it is closed', async () => {
    feed.leave(tell);
    await settle(100);
    const before = questions;
    happens();
    feed.projectChanged();
    await settle(60_000);
    expect(questions).toBe(before);
  });

  it('shares the readings with other pages', async () => {
    const others: StackMap[] = [];
    const before = questions;
    feed.join((map) => void others.push(map));
    expect(others).toEqual([last()]);
    expect(questions).toBe(before);
  });
});

it('never wakes a lab: while it is not ready, it says so, and draws once it is', async () => {
  feed.join(tell);
  await settle(10_000);
  expect(questions).toBe(0);
  expect(maps).toEqual([{ state: 'away' }]);
  await lab.start();
  await settle(2000);
  expect(stateOf('postgres')).toBe('good');
  expect(JSON.stringify(maps)).not.toContain(SECRET);
});
