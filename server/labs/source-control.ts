import { type SourceState, sourceStateSchema } from '../../contract/source.ts';
import { EscaleError } from '../errors/escale-error.ts';

const ANSWER_MS = 5000;

/** The switches of one lab's data source. */
export interface SourceControl {
  state(signal?: AbortSignal): Promise<SourceState>;
  /** Sets the switches that are given and puts all others back to normal. */
  set(state: Partial<SourceState>, signal?: AbortSignal): Promise<SourceState>;
}

/** `url` and `token` are those of the lab's endpoint and record. */
export function createSourceControl({ url, token }: { url: string; token: string }): SourceControl {
  async function ask(init: RequestInit, signal: AbortSignal | undefined): Promise<SourceState> {
    try {
      const response = await fetch(`${url}/state`, {
        ...init,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        redirect: 'error',
        signal: AbortSignal.any([AbortSignal.timeout(ANSWER_MS), ...(signal === undefined ? [] : [signal])]),
      });
      if (!response.ok) throw new Error(`status ${response.status}`);
      return sourceStateSchema.parse(await response.json());
    } catch (cause) {
      signal?.throwIfAborted();
      throw sourceAway(cause);
    }
  }
  return {
    state: (signal) => ask({ method: 'GET' }, signal),
    set: (state, signal) => ask({ method: 'PUT', body: JSON.stringify(state) }, signal),
  };
}

function sourceAway(cause: unknown): EscaleError {
  return new EscaleError(
    'unavailable',
    'lab.source',
    { message: 'La source de données du lab ne répond pas à ses réglages.', hint: 'Redémarrez le lab, puis recommencez.' },
    { cause },
  );
}
