import { setTimeout as sleep } from 'node:timers/promises';
import { LabUnavailable } from '../../../lab-engine/lab-unavailable.ts';
import type { TrialView } from '../../definitions.ts';
import { askContainer } from '../../readers/network/ask-container.ts';
import { type Keyspace, toKeyspace } from '../../readers/redis/keyspace.ts';
import { askRedisIn, passwordOf } from '../../readers/redis/redis.ts';
import type { ApiAnswer } from './api-answer.ts';
import type { Sandbox } from './sandbox.ts';
import { tellDatabase } from './sandbox-database.ts';

const START_MS = 90_000;
const RECOVER_MS = 60_000;
const POLL_MS = 500;
/** Longer than an API should wait for a database that is not there. */
const ANSWER_MS = 30_000;
const BODY_BYTES = 64 * 1024;
const SAID_BYTES = 4000;

interface Services {
  readonly api: string | null;
  readonly redis: string | null;
  /** The API's port in its container. */
  readonly port: number;
}

/** The API of a sandbox, its Redis and its database. */
export class ApiRunner {
  readonly #view: TrialView;
  readonly #sandbox: Sandbox;
  readonly #services: Services;

  constructor(view: TrialView, sandbox: Sandbox, services: Services) {
    this.#view = view;
    this.#sandbox = sandbox;
    this.#services = services;
  }

  /** Starts the API. False if it answers nothing in time, or ends. */
  async start(): Promise<boolean> {
    const { api } = this.#services;
    if (api === null) return false;
    this.#sandbox.step('Votre API démarre à côté de bases neuves');
    await this.#sandbox.upAlone(api);
    return this.#until(START_MS, async () => 'status' in (await this.get('/health')));
  }

  async get(path: string): Promise<ApiAnswer> {
    const { api, port } = this.#services;
    const container = api === null ? null : await this.#sandbox.facts(api);
    if (container?.state !== 'running') return { failed: 'son conteneur ne tourne plus' };
    const request = { path, host: `localhost:${port}`, timeoutMs: ANSWER_MS, idleMs: ANSWER_MS, maxBytes: BODY_BYTES };
    const outcome = await askContainer(container, port, (at) => this.#view.network.http(at, request, this.#view.signal));
    return 'answer' in outcome ? { status: outcome.answer.status, body: outcome.answer.body } : { failed: outcome.failure.said };
  }

  /** `/health` once it is good again, or its last answer. */
  async healthAgain(): Promise<ApiAnswer> {
    let answer: ApiAnswer = { failed: '' };
    await this.#until(RECOVER_MS, async () => {
      answer = await this.get('/health');
      return 'status' in answer && answer.status === 200;
    });
    return answer;
  }

  async log(): Promise<string> {
    const { api } = this.#services;
    return api === null ? '' : (await this.#sandbox.log(api)).slice(-SAID_BYTES);
  }

  async keyspace(): Promise<Keyspace | null> {
    const outcome = await this.#redis(['INFO', 'keyspace']);
    return outcome !== null && 'answer' in outcome ? toKeyspace(outcome.answer) : null;
  }

  async flush(): Promise<void> {
    await this.#redis(['FLUSHALL']);
  }

  /** Whether Redis wants a password, and in whose variables it is. Null if it wants none, or is not there. */
  async password(etl: string): Promise<{ etl: boolean; api: boolean } | null> {
    const { api, redis } = this.#services;
    const container = redis === null ? null : await this.#sandbox.facts(redis);
    const password = container === null ? undefined : passwordOf(container)?.password;
    if (password === undefined) return null;
    const { services } = this.#sandbox.plan.document;
    const holds = (name: string | null): boolean => {
      const values = Object.values((name === null ? undefined : services[name])?.environment ?? {}).map(String);
      return values.some((value) => value.replaceAll('$$', '$').includes(password) || value.includes(encodeURIComponent(password)));
    };
    return { etl: holds(etl), api: holds(api) };
  }

  /** Runs a statement in the database. */
  async tell(statement: string): Promise<void> {
    const container = await this.#sandbox.facts(this.#sandbox.plan.database);
    if (container === null) throw new LabUnavailable('engine');
    await tellDatabase(this.#view, container, statement);
  }

  async withoutRedis<T>(ask: () => Promise<T>): Promise<T | null> {
    const { redis } = this.#services;
    return redis === null ? null : this.#without(redis, ask);
  }

  async withoutDatabase<T>(ask: () => Promise<T>): Promise<T> {
    const answers = await this.#without(this.#sandbox.plan.database, ask);
    await this.#sandbox.databaseAnswers();
    return answers;
  }

  async #without<T>(service: string, ask: () => Promise<T>): Promise<T> {
    await this.#sandbox.stop(service);
    const answers = await ask();
    await this.#sandbox.start(service);
    return answers;
  }

  async #redis(command: readonly string[]): Promise<Awaited<ReturnType<typeof askRedisIn>> | null> {
    const { redis } = this.#services;
    const container = redis === null ? null : await this.#sandbox.facts(redis);
    return container?.state === 'running' ? askRedisIn(this.#view, container, command) : null;
  }

  async #until(limitMs: number, done: () => Promise<boolean>): Promise<boolean> {
    const { api } = this.#services;
    const until = Date.now() + limitMs;
    while (Date.now() < until) {
      if (await done()) return true;
      const state = api === null ? undefined : (await this.#sandbox.facts(api))?.state;
      if (state !== 'running' && state !== 'created') return false;
      await sleep(POLL_MS);
    }
    return false;
  }
}
