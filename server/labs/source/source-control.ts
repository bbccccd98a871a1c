import { z } from 'zod';
import {
  type Scenario,
  type SourceState,
  type SourceUser,
  scenarioSchema,
  sourceStateSchema,
  sourceUserSchema,
} from '../../../contract/source.ts';
import { EscaleError } from '../../errors/escale-error.ts';
import type { LabEndpoint } from '../driver/definitions.ts';

const ANSWER_MS = 5000;
const USERS = 6000;

/** The switches of one lab's data source. */
export interface SourceControl {
  state(signal?: AbortSignal): Promise<SourceState>;
  /** Sets the switches that are given and puts all others back to normal. */
  set(state: Partial<SourceState>, signal?: AbortSignal): Promise<SourceState>;
  /** What the lab reads on `/users` now. */
  users(signal?: AbortSignal): Promise<readonly SourceUser[]>;
  /** Makes a source of its own under a name, or changes it; its requests are counted anew. */
  setScenario(name: string, state: Partial<SourceState>, signal?: AbortSignal): Promise<Scenario>;
  scenario(name: string, signal?: AbortSignal): Promise<Scenario>;
  /** Takes away every scenario whose name begins so. */
  removeScenarios(prefix: string, signal?: AbortSignal): Promise<void>;
}

/** The switches of a lab that is reached so. */
export function sourceOf({ endpoint, sourceToken }: { endpoint: LabEndpoint; sourceToken: string }): SourceControl {
  return createSourceControl({ url: endpoint.sourceControlUrl, token: sourceToken });
}

/** `url` and `token` are those of the lab's endpoint and record. */
export function createSourceControl({ url, token }: { url: string; token: string }): SourceControl {
  async function ask<T extends z.ZodType>(
    schema: T,
    path: string,
    init: RequestInit,
    signal: AbortSignal | undefined,
  ): Promise<z.output<T>> {
    try {
      const response = await fetch(`${url}${path}`, {
        ...init,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        redirect: 'error',
        signal: AbortSignal.any([AbortSignal.timeout(ANSWER_MS), ...(signal === undefined ? [] : [signal])]),
      });
      if (!response.ok) throw new Error(`status ${response.status}`);
      return schema.parse(response.status === 204 ? undefined : await response.json());
    } catch (cause) {
      signal?.throwIfAborted();
      throw sourceAway(cause);
    }
  }
  const put = (state: Partial<SourceState>) => ({ method: 'PUT', body: JSON.stringify(state) });
  const trial = (name: string) => `/trials/${encodeURIComponent(name)}`;
  return {
    state: (signal) => ask(sourceStateSchema, '/state', {}, signal),
    set: (state, signal) => ask(sourceStateSchema, '/state', put(state), signal),
    users: (signal) => ask(z.array(sourceUserSchema).max(USERS), '/users', {}, signal),
    setScenario: (name, state, signal) => ask(scenarioSchema, trial(name), put(state), signal),
    scenario: (name, signal) => ask(scenarioSchema, trial(name), {}, signal),
    removeScenarios: (prefix, signal) => ask(z.undefined(), trial(prefix), { method: 'DELETE' }, signal),
  };
}

function sourceAway(cause: unknown): EscaleError {
  return new EscaleError(
    'unavailable',
    'lab.source',
    { message: 'La source de données du labo ne répond pas à ses réglages.', hint: 'Redémarrez le labo, puis recommencez.' },
    { cause },
  );
}
