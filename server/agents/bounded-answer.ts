import type { IncomingMessage } from 'node:http';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { labAnswersTooMuch, labUnavailable } from './agent-errors.ts';

const STALLED_MS = 60_000;

/** The body of an answer as a stream that fails beyond `maxBytes`, when it is cut, and when nothing comes for a minute. */
export function boundedAnswer(response: IncomingMessage, maxBytes: number): Readable {
  let size = 0;
  const bounded = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > maxBytes) done(labAnswersTooMuch(maxBytes));
      else done(null, chunk);
    },
  });
  response.setTimeout(STALLED_MS, () => response.destroy(new Error('nothing came for a while')));
  pipeline(response, bounded).catch((error: unknown) => {
    if (!bounded.destroyed) bounded.destroy(labUnavailable(error));
  });
  return bounded;
}
