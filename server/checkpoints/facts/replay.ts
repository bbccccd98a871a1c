import type { Verdict } from '../../../contract/verdict.ts';
import type { Act } from '../act.ts';
import { criteriaOf } from '../catalogue.ts';
import type { Subject } from '../definitions.ts';
import { Look } from '../look.ts';
import { actQuestion, askedThrough, type Facts } from './facts.ts';

/** A reader asked a question that is not in the recording: a reader or a criterion was changed since. */
export class StaleRecording extends Error {
  constructor(asked: string) {
    super(`the recording does not hold « ${asked} »`);
    this.name = 'StaleRecording';
  }
}

/** Judges the criteria of these tasks from a recording, without a lab. Throws `StaleRecording`. */
export async function replay(facts: Facts, tasks: readonly string[]): Promise<Verdict[]> {
  const recorded = <T>(asked: string): T => {
    if (!(asked in facts)) throw new StaleRecording(asked);
    // When it was recorded, the same question got an answer of this type.
    return structuredClone(facts[asked]) as T;
  };
  const acted = Object.keys(facts).some((asked) => asked.startsWith('act '));
  let stale: unknown;
  const look = new Look(replayed(recorded), {
    acts: {
      outcome: async <T>(act: Act<T>) => {
        const done = acted ? recorded<T | null>(actQuestion(act)) : null;
        return done === null ? null : { done };
      },
    },
    signal: new AbortController().signal,
    onFault: (_criterion, error) => {
      stale ??= error;
    },
  });
  const verdicts = await Promise.all(tasks.flatMap((task) => criteriaOf(task).map(({ id }) => look.verdict(id))));
  if (stale !== undefined) throw stale;
  return verdicts;
}

/** A subject that only gives the recorded answers. */
function replayed(recorded: <T>(asked: string) => T): Subject {
  const unknown = () => Promise.reject(new StaleRecording('what no reader asks'));
  const nothing: Subject = {
    within: () => nothing,
    engine: {
      within: () => nothing.engine,
      images: unknown,
      image: unknown,
      containers: unknown,
      container: unknown,
      networks: unknown,
      logs: unknown,
      execIn: unknown,
      tryInside: unknown,
      removeTrial: unknown,
      removeLooks: unknown,
      events: unknown,
      openImages: () => ({
        stat: unknown,
        text: unknown,
        firstFile: unknown,
        digest: unknown,
        layers: unknown,
        close: async () => undefined,
      }),
    },
    network: { http: unknown, redis: unknown, mongo: unknown },
    project: { read: unknown, entries: unknown, run: unknown },
    environment: null,
    now: unknown,
  };
  return askedThrough(nothing, async (asked) => recorded(asked));
}
