import { setTimeout as sleep } from 'node:timers/promises';
import type { Verdict } from '../../contract/verdict.ts';
import { criteriaOf, inOneAct, knownTasks } from './catalogue.ts';
import type { Checker, Subject, TrialJournal } from './definitions.ts';
import type { Facts } from './facts/facts.ts';
import { Recorder } from './facts/recorder.ts';
import { Look } from './look.ts';
import { KeptActs } from './trials/kept-acts.ts';

export interface CheckerOptions {
  /** The lab's id, or any name of what is judged. */
  readonly lab: string;
  readonly subject: Subject;
  readonly journal: TrialJournal;
  /** A probe failed for a reason of ours. */
  readonly onFault?: (criterion: string, error: unknown) => void;
  /** Hears all that each look read, and the secrets in it. */
  readonly onFacts?: ((facts: Facts, secrets: readonly string[]) => void) | undefined;
}

const BETWEEN_LOOKS_MS = 1000;

/** Judges one lab. Looks and trials follow one another, whoever asks. */
export function createChecker(options: CheckerOptions): Checker {
  const acts = new KeptActs(options);
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(run: () => Promise<T>): Promise<T> => {
    const turn = last.then(run, run);
    last = turn.catch(() => undefined);
    return turn;
  };

  async function lookOnce(ids: readonly string[], trials: readonly string[]): Promise<Verdict[]> {
    const { onFacts } = options;
    const recorder = onFacts && new Recorder();
    const subject = recorder?.recorded(options.subject) ?? options.subject;
    const allowed = acts.allowed(trials);
    const look = new Look(subject, { acts: recorder?.recordedActs(allowed) ?? allowed, onFault: options.onFault });
    try {
      // A look waits for answers most of its time; trials act, and never at once.
      if (trials.length === 0) return await allOf(ids.map((id) => look.verdict(id)));
      const verdicts: Verdict[] = [];
      for (const id of ids) verdicts.push(await look.verdict(id));
      return verdicts;
    } finally {
      if (recorder) onFacts?.(recorder.facts, await look.secrets());
      await look.close();
    }
  }

  return {
    async check(tasks, { trials, waitMs, signal }) {
      const ids = (tasks.length > 0 ? tasks : knownTasks()).flatMap((task) => criteriaOf(task).map(({ id }) => id));
      const until = Date.now() + waitMs;
      for (;;) {
        signal.throwIfAborted();
        const verdicts = await inTurn(() => lookOnce(ids, []));
        if (Date.now() >= until || !verdicts.some(isWaiting)) return trials ? inTurn(() => lookOnce(ids, ids)) : verdicts;
        await sleep(BETWEEN_LOOKS_MS, undefined, { signal });
      }
    },

    async tryOne(id, signal) {
      const ids = inOneAct(id);
      signal.throwIfAborted();
      const verdicts = await inTurn(() => lookOnce(ids, ids));
      const verdict = verdicts.find((one) => one.id === id);
      if (!verdict) throw new Error(`no verdict for ${id}`);
      return verdict;
    },
  };
}

/** What each gave, once all have ended: none goes on after the look was closed. */
async function allOf<T>(asked: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(asked);
  return Promise.all(asked);
}

function isWaiting(verdict: Verdict): boolean {
  return verdict.verdict === 'cannot-tell' && verdict.diagnosis.code.startsWith('wait.');
}
