import { z } from 'zod';
import type { ContainerFacts, ListeningSocket } from '../../../lab-engine/definitions.ts';
import type { LabView } from '../../definitions.ts';
import { NotRead } from '../../reading.ts';
import { currentOf, stackOf } from '../container/stack.ts';
import { type HttpAnswer, jsonOf } from '../http/http.ts';
import { API_PORT, apiTarget, askApi } from './ask-api.ts';
import { listeningIn } from './listening.ts';
import { type Api, theApi } from './the-api.ts';

/** How the API is published, and what answers `/` there. */
export interface Reached {
  readonly api: Api;
  /** Whether the project has any container. */
  readonly runs: boolean;
  /** Null if `up` has not created one. */
  readonly container: ContainerFacts | null;
  /** The port of the lab, and that of the container behind it. Null if none is published. */
  readonly published: { readonly host: number; readonly container: number } | null;
  /** Null if nothing answered. */
  readonly answer: HttpAnswer | null;
  /** Why nothing answered. */
  readonly said: string;
  readonly sockets: readonly ListeningSocket[] | null;
  /** Nothing listens yet, and a busy machine may need longer to start a program. */
  readonly starting: boolean;
}

/** How long a program may take to listen on a busy machine. */
const START_MS = 90_000;

/** Throws `NotRead` while the API starts. */
export async function readReached(view: LabView): Promise<Reached> {
  const api = await theApi(view);
  const stack = await stackOf(view);
  const runs = stack.name !== null;
  const container = currentOf(stack.of(api.name)) ?? null;
  if (container === null) return { api, runs, container, published: null, answer: null, said: '', sockets: null, starting: false };
  const { port } = await apiTarget(view);
  const host = container.networks.includes('host') ? API_PORT : container.ports.find((one) => one.container === port)?.host;
  const published = host === undefined ? null : { host, container: port };
  try {
    return { api, runs, container, published, answer: await askApi(view, '/'), said: '', sockets: null, starting: false };
  } catch (error) {
    if (!(error instanceof NotRead) || error.state !== 'refused') throw error;
    const sockets = container.state === 'running' ? await listeningIn(view, container) : null;
    const starting = sockets?.length === 0 && (await view.now()) - container.startedMs < START_MS;
    return { api, runs, container, published, answer: null, said: error.said, sockets, starting };
  }
}

/** The brief's fields of `/` that an answer lacks. */
export function missingRootFields(answer: HttpAnswer): string[] {
  const found = jsonOf(answer, z.record(z.string(), z.unknown())) ?? {};
  return ['message', 'status'].filter((field) => !(field in found));
}
