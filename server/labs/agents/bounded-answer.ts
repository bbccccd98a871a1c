import type { IncomingMessage } from 'node:http';
import { type Readable, Transform } from 'node:stream';
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
  response.on('error', (error) => bounded.destroy(labUnavailable(error)));
  bounded.on('close', () => response.destroy());
  response.pipe(bounded);
  return bounded;
}
