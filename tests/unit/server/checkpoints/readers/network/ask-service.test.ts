import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../../../../server/checkpoints/network/definitions.ts';
import { askService } from '../../../../../../server/checkpoints/readers/network/ask-service.ts';
import type { Target } from '../../../../../../server/checkpoints/readers/network/ways.ts';
import { NotRead } from '../../../../../../server/checkpoints/reading.ts';
import type { ContainerFacts } from '../../../../../../server/lab-engine/definitions.ts';
import { composeSubject, containerOf } from '../../fakes/compose-subject.ts';
import { viewOf } from '../../fakes/view-of.ts';

const NOW = Date.UTC(2026, 0, 1);
const INSIDE = { addresses: { project_default: '172.18.0.2' } };
const PUBLISHED = { ports: [{ container: 8000, host: 28000, address: '0.0.0.0' }] };
const AGES = { createdMs: NOW - 600_000, startedMs: NOW - 600_000 };

const api = (over: Partial<ContainerFacts> = {}) => containerOf('etl', { ...AGES, ...INSIDE, ...over });

/** Which ways were tried, and what came of it. */
async function asked(
  containers: readonly ContainerFacts[],
  target: Partial<Target> = {},
  answer: (host: string) => Outcome<string> = () => ({ answer: 'hello' }),
): Promise<{ tried: string[]; outcome: string }> {
  const subject = composeSubject();
  subject.engine.running.push(...containers);
  const view = viewOf({ ...subject, now: () => NOW });
  const tried: string[] = [];
  try {
    const read = await askService(view, { service: 'etl', port: 8000, ...target }, async ({ at, host }) => {
      tried.push(`${host} at ${at.host}:${at.port}`);
      return answer(at.host);
    });
    return { tried, outcome: `${read.way.from}: ${read.answer}` };
  } catch (error) {
    if (!(error instanceof NotRead)) throw error;
    return { tried, outcome: [error.state, error.of, error.said].filter(Boolean).join(' ') };
  }
}

const fails = (kind: 'closed' | 'unreachable' | 'starting' | 'refused') => () => ({ failure: { kind, said: `it is ${kind}` } });

describe('the way to a service', () => {
  it('is its address in a network', async () => {
    expect(await asked([api(PUBLISHED)])).toEqual({ tried: ['etl:8000 at 172.18.0.2:8000'], outcome: 'inside: hello' });
  });

  it('is the loopback on the network of the host', async () => {
    expect((await asked([api({ networks: ['host'], addresses: {} })])).tried).toEqual(['etl:8000 at 127.0.0.1:8000']);
  });

  it('is the next address, then the published port, where one cannot be reached', async () => {
    const two = { addresses: { a: '172.18.0.2', b: '172.19.0.2' }, ...PUBLISHED };
    const onlyPublished = (host: string) => (host === '127.0.0.1' ? { answer: 'hello' } : fails('unreachable')());
    expect(await asked([api(two)], {}, onlyPublished)).toEqual({
      tried: ['etl:8000 at 172.18.0.2:8000', 'etl:8000 at 172.19.0.2:8000', 'localhost:28000 at 127.0.0.1:28000'],
      outcome: 'published: hello',
    });
  });

  it('is no other after an answer, whatever it was', async () => {
    const two = { addresses: { a: '172.18.0.2', b: '172.19.0.2' }, ...PUBLISHED };
    expect((await asked([api(two)], {}, fails('closed'))).tried).toHaveLength(1);
  });

  it.each([
    ['0.0.0.0', '127.0.0.1'],
    ['', '127.0.0.1'],
    ['::', '::1'],
    ['127.0.0.5', '127.0.0.5'],
  ])('published on %j is %s', async (address, host) => {
    const published = api({ ports: [{ container: 8000, host: 28000, address }] });
    expect((await asked([published], { from: 'published' })).tried).toEqual([`localhost:28000 at ${host}:28000`]);
  });

  it('is the newest container that runs', async () => {
    const newest = api({ state: 'exited', addresses: {} });
    expect((await asked([newest, api()])).outcome).toBe('inside: hello');
  });
});

describe('a published port', () => {
  it('that another container holds is not asked', async () => {
    const other = containerOf('postgres', { ports: [{ container: 80, host: 8000, address: '0.0.0.0' }] });
    expect(await asked([other, api()], { from: 'published' })).toEqual({
      tried: [],
      outcome: 'refused etl `etl` ne publie pas son port 8000, et le port 8000 du lab est celui du conteneur `project-postgres-1`',
    });
  });

  it('that nobody publishes is said so', async () => {
    expect((await asked([api()], { from: 'published' })).outcome).toBe('refused etl `etl` ne publie pas son port 8000');
  });
});

describe('nothing is read', () => {
  it.each<[string, readonly ContainerFacts[], string]>([
    ['without container', [], 'absent stack'],
    ['of another service', [containerOf('postgres')], 'absent stack'],
    ['while the container is made', [api({ state: 'created', createdMs: NOW - 1000 })], 'waiting etl'],
    ['while its health check begins', [api({ health: { status: 'starting', lastOutput: '' } })], 'waiting etl'],
    ['while it starts again', [api({ state: 'restarting', restarts: 1 })], 'waiting etl'],
    ['that restarts for ever', [api({ state: 'restarting', restarts: 9 })], 'refused etl son conteneur redémarre sans cesse'],
    ['once it ended', [api({ state: 'exited', exitCode: 3 })], 'refused etl son conteneur s’est terminé avec le code 3'],
    ['once it was stopped', [api({ state: 'exited', exitCode: 137 })], 'refused etl son conteneur est arrêté'],
    ['that never started', [api({ state: 'created' })], 'refused etl son conteneur n’a pas démarré'],
    ['without network', [api({ addresses: {} })], 'refused etl son conteneur n’est sur aucun réseau'],
  ])('%s', async (_name, containers, outcome) => {
    expect(await asked(containers)).toEqual({ tried: [], outcome });
  });

  it.each([
    ['closed', 29_000, 'waiting etl it is closed'],
    ['closed', 31_000, 'refused etl it is closed'],
    ['refused', 29_000, 'refused etl it is refused'],
    ['starting', 600_000, 'waiting etl it is starting'],
    ['unreachable', 600_000, 'refused etl it is unreachable'],
  ] as const)('from one that is %s, %i ms after its start', async (kind, age, outcome) => {
    expect((await asked([api({ startedMs: NOW - age })], {}, fails(kind))).outcome).toBe(outcome);
  });
});
