import type { z } from 'zod';
import type { LabView } from '../../definitions.ts';
import type { HttpReply, HttpRequest } from '../../network/definitions.ts';
import { askService } from '../network/ask-service.ts';
import type { Target } from '../network/ways.ts';

export interface HttpAnswer extends HttpReply {
  readonly from: 'inside' | 'published';
  /** The URL as a learner writes it: after redirects, the last one. */
  readonly url: string;
}

/** The answer of an HTTP server of the stack, whatever its status. Asked once per look. Throws `NotRead`. */
export function http(view: LabView, target: Target, request: Omit<HttpRequest, 'host'>): Promise<HttpAnswer> {
  return view.once(`http ${JSON.stringify([target, request])}`, () => httpNow(view, target, request));
}

/** The same, asked at each call. */
export async function httpNow(view: LabView, target: Target, request: Omit<HttpRequest, 'host'>): Promise<HttpAnswer> {
  const { answer, way } = await askService(view, target, ({ at, host }) => view.network.http(at, { ...request, host }, view.signal));
  return { ...answer, from: way.from, url: `http://${way.host.replace(/:80$/, '')}${answer.path}` };
}

/** The JSON of a body, if it fits this schema; otherwise null. */
export function jsonOf<T>({ body, truncated }: Pick<HttpReply, 'body' | 'truncated'>, schema: z.ZodType<T>): T | null {
  if (truncated) return null;
  try {
    return schema.safeParse(JSON.parse(body)).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
