import { setTimeout as sleep } from 'node:timers/promises';
import type { ContainerMount } from '../../lab-engine/definitions.ts';
import type { Act } from '../act.ts';
import type { LabView, TrialView } from '../definitions.ts';
import { composeServices } from '../readers/compose/compose-services.ts';
import { askRedisIn } from '../readers/redis/redis.ts';
import { prepareSandbox } from './sandbox/prepare-sandbox.ts';
import { projectDigest } from './sandbox/project-digest.ts';
import { Sandbox } from './sandbox/sandbox.ts';

const READY_MS = 60_000;
const POLL_MS = 300;
const KEY = 'escale:essai';
const FOLDER = '/data';

/** What is left of a key when the container of Redis is replaced. */
export type RedisPersistenceOutcome =
  | { readonly state: 'no-model' }
  /** It does not start, or does not answer; `said` is its own reason. */
  | { readonly state: 'no-answer'; readonly said: string }
  | { readonly state: 'tried'; readonly folder: string; readonly mounts: readonly ContainerMount[]; readonly kept: boolean };

/** Starts a copy of the Redis service, writes a key, replaces the container, and reads the key again. */
export const redisPersistenceAct: Act<RedisPersistenceOutcome> = {
  name: 'redis-persistence',
  version: 1,
  announce:
    'L’essai démarre une copie de votre service Redis sous un autre nom, y écrit une clé, retire le conteneur, le recrée et relit la clé. Il prend un quart de minute. Vos conteneurs, vos volumes et vos données ne sont pas touchés ; rien ne reste ensuite.',
  usualMs: 15_000,
  digest: projectDigest,
  async run(view) {
    const { folder, learners } = await prepareSandbox(view);
    const service = await serviceName(view);
    if (learners === null || service === null) return { state: 'no-model' };
    const sandbox = new Sandbox(view, folder, learners);
    await sandbox.install();
    sandbox.step('Une copie de Redis démarre');
    const born = await started(view, sandbox, service);
    if (born !== null) return { state: 'no-answer', said: born };
    const written = await ask(view, sandbox, service, ['SET', KEY, view.trial]);
    if (written !== 'OK') return { state: 'no-answer', said: String(written) };
    const told = await ask(view, sandbox, service, ['CONFIG', 'GET', 'dir']);
    const mounts = (await sandbox.facts(service))?.mounts ?? [];
    sandbox.step('Son conteneur est retiré, puis recréé');
    await sandbox.down({ volumes: false });
    await sandbox.install();
    const again = await started(view, sandbox, service);
    if (again !== null) return { state: 'no-answer', said: again };
    const kept = (await ask(view, sandbox, service, ['GET', KEY])) === view.trial;
    return { state: 'tried', folder: Array.isArray(told) && typeof told[1] === 'string' ? told[1] : FOLDER, mounts, kept };
  },
};

async function serviceName(view: LabView): Promise<string | null> {
  return (await composeServices(view)).of.redis?.name ?? null;
}

/** Null once it answers; otherwise why it does not. */
async function started(view: TrialView, sandbox: Sandbox, service: string): Promise<string | null> {
  const { code, stderr } = await sandbox.upAlone(service);
  if (code !== 0) return stderr.trim().split('\n').at(-1) ?? '';
  const until = Date.now() + READY_MS;
  let said = '';
  while (Date.now() < until) {
    const container = await sandbox.facts(service);
    if (container?.state !== 'running') return (await sandbox.log(service)).trim().split('\n').at(-1) ?? '';
    const outcome = await askRedisIn(view, container, ['PING']);
    if ('answer' in outcome) return null;
    said = outcome.failure.said;
    if (outcome.failure.kind === 'refused') return said;
    await sleep(POLL_MS);
  }
  return said;
}

async function ask(view: TrialView, sandbox: Sandbox, service: string, command: readonly string[]): Promise<unknown> {
  const container = await sandbox.facts(service);
  if (container === null) return null;
  const outcome = await askRedisIn(view, container, command);
  return 'answer' in outcome ? outcome.answer : outcome.failure.said;
}
