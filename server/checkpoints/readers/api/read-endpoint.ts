import { z } from 'zod';
import type { LabView } from '../../definitions.ts';
import { type HttpAnswer, jsonOf } from '../http/http.ts';
import { askApi, askApiAgain } from './ask-api.ts';
import { type EndpointFault, endpointFault } from './endpoint-fault.ts';

/** What an endpoint answers: JSON, or why it is none. */
export interface EndpointReading {
  readonly answer: HttpAnswer;
  readonly fault: EndpointFault | null;
  /** Undefined with a fault. */
  readonly value: unknown;
  /** Whether this is the second answer in a row, which a cache gives. */
  readonly again: boolean;
}

/** Asks twice, since a cache may answer otherwise than the program: the first answer that is not as `isRight` wants, else the second. */
export async function readEndpoint(
  view: LabView,
  prefix: string,
  path: string,
  isRight: (value: unknown) => boolean,
): Promise<EndpointReading> {
  const first = await reading(view, prefix, path, await askApi(view, path), false);
  if (first.fault !== null || !isRight(first.value)) return first;
  return reading(view, prefix, path, await askApiAgain(view, path), true);
}

async function reading(view: LabView, prefix: string, path: string, answer: HttpAnswer, again: boolean): Promise<EndpointReading> {
  const fault = await endpointFault(view, prefix, path, answer);
  return { answer, fault, value: fault === null ? jsonOf(answer, z.unknown()) : undefined, again };
}
