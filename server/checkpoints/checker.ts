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
/** Maximum time of a look. */
const LOOK_MS = 120_000;
/** Maximum time of a look whose acts run: a first build may take minutes, and there are several acts. */
const TRIALS_MS = 45 * 60_000;

/** Judges one lab. Looks and trials follow one another, whoever asks. */
export function createChecker(options: CheckerOptions): Checker {
  const acts = new KeptActs(options);
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(run: () => Promise<T>): Promise<T> => {
    const turn = last.then(run, run);
    last = turn.catch(() => undefined);
    return turn;
  };

  /** `trials`: the criteria whose acts may run. An engine that answers nothing ends the look, not the queue: what was not read is unavailable. */
  async function lookOnce(ids: readonly string[], trials: readonly string[], called: AbortSignal): Promise<Verdict[]> {
    called.throwIfAborted();
    const signal = AbortSignal.any([called, AbortSignal.timeout(trials.length === 0 ? LOOK_MS : TRIALS_MS)]);
    const subject = options.subject.within(signal);
    const { onFacts, onFault } = options;
    const recorder = onFacts && new Recorder();
    const allowed = acts.allowed(trials, subject);
    const look = new Look(recorder?.recorded(subject) ?? subject, { acts: recorder?.recordedActs(allowed) ?? allowed, signal, onFault });
    try {
      const verdicts = await verdictsOf(look, ids, trials.length > 0);
      called.throwIfAborted();
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
        const verdicts = await inTurn(() => lookOnce(ids, [], signal));
        if (Date.now() >= until || !verdicts.some(isWaiting)) return trials ? inTurn(() => lookOnce(ids, ids, signal)) : verdicts;
        await sleep(BETWEEN_LOOKS_MS, undefined, { signal });
      }
    },

    async tryOne(id, signal) {
      const ids = inOneAct(id);
      const verdicts = await inTurn(() => lookOnce(ids, ids, signal));
      const verdict = verdicts.find((one) => one.id === id);
      if (!verdict) throw new Error(`no verdict for ${id}`);
      return verdict;
    },
  };
}

/** A look waits for answers most of its time, so its criteria are judged side by side; acts never run at once. */
async function verdictsOf(look: Look, ids: readonly string[], inOrder: boolean): Promise<Verdict[]> {
  if (!inOrder) return allOf(ids.map((id) => look.verdict(id)));
  const verdicts: Verdict[] = [];
  for (const id of ids) verdicts.push(await look.verdict(id));
  return verdicts;
}

/** What each gave, once all have ended: none goes on after the look was closed. */
async function allOf<T>(asked: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(asked);
  return Promise.all(asked);
}

function isWaiting(verdict: Verdict): boolean {
  return verdict.verdict === 'cannot-tell' && verdict.diagnosis.code.startsWith('wait.');
}
