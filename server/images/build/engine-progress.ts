import { createInterface } from 'node:readline';
import { z } from 'zod';
import { EscaleError } from '../../errors/escale-error.ts';
import { BUILDKIT, buildkitLogs } from './buildkit-logs.ts';

const eventSchema = z.object({
  id: z.string().optional(),
  stream: z.string().optional(),
  status: z.string().optional(),
  error: z.string().optional(),
  /** Of a build with BuildKit: a message in base64. */
  aux: z.unknown().optional(),
});

const KEPT_LINES = 20;

function linesOf({ id, stream, status, aux }: z.infer<typeof eventSchema>): string[] {
  const texts = id === BUILDKIT && typeof aux === 'string' ? buildkitLogs(Buffer.from(aux, 'base64')) : [stream ?? status ?? ''];
  return texts
    .flatMap((text) => text.split('\n'))
    .map((text) => text.trim())
    .filter((text) => text !== '');
}

/** Reads the engine's reply to a build, an import, a pull or a push to its end. Throws with its last lines if it reports an error. */
export async function readEngineProgress(answer: NodeJS.ReadableStream, what: string): Promise<void> {
  const last: string[] = [];
  for await (const line of createInterface({ input: answer, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue;
    const event = eventSchema.parse(JSON.parse(line));
    if (event.error !== undefined) {
      throw new EscaleError('unavailable', 'images.step-failed', {
        message: `${what} : le moteur Docker a répondu « ${event.error.slice(0, 400)} ».`,
        hint: `Dernières lignes : ${last.join(' ⏎ ').slice(-1500) || '(aucune)'}`,
      });
    }
    last.push(...linesOf(event));
    last.splice(0, last.length - KEPT_LINES);
  }
}
