import type { z } from 'zod';
import type { LabView } from '../../definitions.ts';
import type { HttpReply, HttpRequest } from '../../network/definitions.ts';
import { askService } from '../network/ask-service.ts';
import type { Target } from '../network/ways.ts';

export interface HttpAnswer extends HttpReply {
  readonly from: 'inside' | 'published';
  /** As a learner writes it; after redirects, the last. */
  readonly url: string;
}

/** What an HTTP server of the stack answers, whatever its status; asked once a look. Throws `NotRead`. */
export function http(view: LabView, target: Target, request: Omit<HttpRequest, 'host'>): Promise<HttpAnswer> {
  return view.once(`http ${JSON.stringify([target, request])}`, async () => {
    const { answer, way } = await askService(view, target, ({ at, host }) => view.network.http(at, { ...request, host }, view.signal));
    return { ...answer, from: way.from, url: `http://${way.host.replace(/:80$/, '')}${answer.path}` };
  });
}

/** The JSON of a body, as this schema wants it; null for anything else. */
export function jsonOf<T>({ body, truncated }: Pick<HttpReply, 'body' | 'truncated'>, schema: z.ZodType<T>): T | null {
  if (truncated) return null;
  try {
    return schema.safeParse(JSON.parse(body)).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
