import { createInterface } from 'node:readline';
import { z } from 'zod';
import { EscaleError } from '../../errors/escale-error.ts';

const eventSchema = z.object({
  stream: z.string().optional(),
  status: z.string().optional(),
  error: z.string().optional(),
});

const KEPT_LINES = 20;

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
    const text = (event.stream ?? event.status ?? '').trim();
    if (text !== '') last.push(text);
    if (last.length > KEPT_LINES) last.shift();
  }
}
