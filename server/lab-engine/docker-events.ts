import { createInterface } from 'node:readline';
import type Docker from 'dockerode';
import { z } from 'zod';
import { ask } from './ask.ts';
import type { EngineEvent } from './definitions.ts';
import { cut } from './demultiplex.ts';
import { LOOK_LABEL } from './docker-image-files.ts';
import { isSandboxName, TRIAL_LABEL } from './trial-names.ts';

const eventSchema = z.object({
  Type: z.string().max(100),
  Action: z.string().max(1000),
  Actor: z.object({ ID: z.string().nullish(), Attributes: z.record(z.string(), z.string()).nullish() }).nullish(),
});

/** Reports what happens on the engine until `signal` or until it goes away; what the checker itself does there is left out. */
export async function readEvents(docker: Docker, onEvent: (event: EngineEvent) => void, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const stream = await ask(docker.getEvents());
  const lines = createInterface({ input: stream });
  lines.on('error', () => undefined); // The stream's own, repeated: the lab or its engine went, which ends the stream.
  lines.on('line', (line) => {
    const event = parse(line);
    if (event) onEvent(event);
  });
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
    for (const end of ['end', 'close', 'error']) stream.on(end, () => resolve());
  });
  lines.close();
  cut(stream);
}

/** A container's health checks and the learner's `docker exec` come as `exec_*`: nothing to judge changes by them. */
function parse(line: string): EngineEvent | null {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return null; // The lab can forge its engine's answers: what is no event is passed over.
  }
  const parsed = eventSchema.safeParse(json);
  if (!parsed.success) return null;
  const { Type, Action, Actor } = parsed.data;
  const labels = Actor?.Attributes ?? {};
  // Networks and volumes tell their names and not their labels.
  if ([labels.name, Actor?.ID].some((name) => name && isSandboxName(name))) return null;
  if (LOOK_LABEL in labels || TRIAL_LABEL in labels || Action.startsWith('exec_')) return null;
  if (Type === 'network' && labels.name === 'none') return null;
  return { type: Type, action: Action };
}
