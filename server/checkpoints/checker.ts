import { setTimeout as sleep } from 'node:timers/promises';
import type { Verdict } from '../../contract/verdict.ts';
import { criteriaOf, criterion, inOneAct, knownTasks } from './catalogue.ts';
import type { Checker, OutcomeStore, Subject, TrialJournal, TrialView } from './definitions.ts';
import type { Facts } from './facts/facts.ts';
import { Recorder } from './facts/recorder.ts';
import { Look } from './look.ts';
import { KeptActs } from './trials/kept-acts.ts';
import { MemoryOutcomes } from './trials/memory-outcomes.ts';

export interface CheckerOptions {
  /** The lab's id, or any other name of the subject. */
  readonly lab: string;
  readonly subject: Subject;
  readonly journal: TrialJournal;
  /** By default, outcomes are kept as long as this checker. */
  readonly outcomes?: OutcomeStore;
  /** Called when a criterion failed because of a bug of the checker. */
  readonly onFault?: (criterion: string, error: unknown) => void;
  /** Receives the facts of each look, and the secrets in them. */
  readonly onFacts?: ((facts: Facts, secrets: readonly string[]) => void) | undefined;
}

const BETWEEN_LOOKS_MS = 1000;
/** Maximum time of a look. */
const LOOK_MS = 120_000;
/** Maximum time of a look whose acts run: a first build may take minutes, and there are several acts. */
const TRIALS_MS = 45 * 60_000;

/** Judges one lab. Looks and trials never overlap, whoever asks for them. */
export function createChecker(options: CheckerOptions): Checker {
  const acts = new KeptActs({ ...options, outcomes: options.outcomes ?? new MemoryOutcomes() });
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(run: () => Promise<T>): Promise<T> => {
    const turn = last.then(run, run);
    last = turn.catch(() => undefined);
    return turn;
  };

  /** `trials`: the criteria whose acts may run. If the engine never answers, the look ends at its time limit, and the queue goes on: what was not read is unavailable. */
  async function lookOnce(
    ids: readonly string[],
    trials: readonly string[],
    called: AbortSignal,
    onStep?: TrialView['step'],
  ): Promise<Verdict[]> {
    called.throwIfAborted();
    const signal = AbortSignal.any([called, AbortSignal.timeout(trials.length === 0 ? LOOK_MS : TRIALS_MS)]);
    const subject = options.subject.within(signal);
    const { onFacts, onFault } = options;
    const recorder = onFacts && new Recorder();
    const allowed = acts.allowed(trials, subject, onStep);
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

    async tryOne(id, signal, onProgress) {
      const ids = inOneAct(id);
      const { act } = criterion(id);
      const onStep = (step: string): void => {
        if (act !== undefined) onProgress?.({ act: act.name, criteria: ids, step, usualMs: act.usualMs });
      };
      onStep('L’essai attend son tour');
      const verdicts = await inTurn(() => lookOnce(ids, ids, signal, onStep));
      const verdict = verdicts.find((one) => one.id === id);
      if (!verdict) throw new Error(`no verdict for ${id}`);
      return verdict;
    },
  };
}

/** A look mostly waits for answers, so its criteria are judged in parallel. Acts never run in parallel. */
async function verdictsOf(look: Look, ids: readonly string[], inOrder: boolean): Promise<Verdict[]> {
  if (!inOrder) return allOf(ids.map((id) => look.verdict(id)));
  const verdicts: Verdict[] = [];
  for (const id of ids) verdicts.push(await look.verdict(id));
  return verdicts;
}

/** Waits until all have ended, so that none still reads when the look is closed. */
async function allOf<T>(asked: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(asked);
  return Promise.all(asked);
}

function isWaiting(verdict: Verdict): boolean {
  return verdict.verdict === 'cannot-tell' && verdict.diagnosis.code.startsWith('wait.');
}
