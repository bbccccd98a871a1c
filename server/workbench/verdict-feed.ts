import type { FastifyBaseLogger } from 'fastify';
import { asEscaleError } from '../errors/as-escale-error.ts';
import { pause } from '../host/pause.ts';
import type { Lab } from '../labs/service/lab.ts';
import type { LabChecker } from '../labs/service/lab-checker.ts';
import type { Follower, Tell } from './definitions.ts';
import { TaskFeed } from './task-feed.ts';
import { TrialBoard } from './trial-board.ts';
import { whenReady } from './when-ready.ts';

/** Delay before a new stream of engine events. */
const AGAIN_MS = 1000;
/** Longer than the announced time of any trial. */
const TRIAL_MS = 15 * 60_000;

type TaskFollower = Omit<Follower, 'map'>;

export interface VerdictFeedOptions {
  readonly lab: Lab;
  /** Throws `lab.away` while the lab is not ready. */
  readonly checker: () => LabChecker;
  readonly log: FastifyBaseLogger;
}

/** The verdicts of the tasks that pages show. New looks follow changes of the lab's files and engine, and requests. */
export class VerdictFeed {
  readonly #options: VerdictFeedOptions;
  readonly #tasks = new Map<string, TaskFeed>();
  readonly #followers = new Set<TaskFollower>();
  readonly #trials = new TrialBoard();
  #listening: AbortController | null = null;

  constructor(options: VerdictFeedOptions) {
    this.#options = options;
    whenReady(options.lab, () => this.workChanged());
  }

  /** Something that is judged may have changed. */
  workChanged(): void {
    for (const task of this.#tasks.values()) task.changed();
  }

  open(tell: Tell): TaskFollower {
    let watched: TaskFeed | null = null;
    const follower: TaskFollower = {
      watch: (task) => {
        watched?.leave(tell);
        watched = this.#task(task);
        watched.join(tell);
      },
      check: (task) => {
        if (watched !== this.#task(task)) follower.watch(task);
        watched?.lookNow(tell);
      },
      trial: (criterion) => {
        this.#try(criterion, tell).catch((error: unknown) => tell({ type: 'error', ...asEscaleError(error).toBody() }));
      },
      end: () => {
        watched?.leave(tell);
        this.#trials.leave(tell);
        this.#followers.delete(follower);
        this.#attend();
      },
    };
    this.#followers.add(follower);
    this.#trials.join(tell);
    this.#attend();
    return follower;
  }

  #task(task: string): TaskFeed {
    const known = this.#tasks.get(task);
    if (known !== undefined) return known;
    const feed = new TaskFeed(task, this.#options.checker);
    this.#tasks.set(task, feed);
    return feed;
  }

  /** A trial that failed leaves no verdict: the page is told why. */
  async #try(criterion: string, tell: Tell): Promise<void> {
    const task = this.#task(criterion.split('/', 1)[0] ?? '');
    const verdict = await this.#trials.show((onProgress) =>
      task.during(() => this.#options.checker().tryOne(criterion, AbortSignal.timeout(TRIAL_MS), onProgress)),
    );
    if (verdict.verdict !== 'cannot-tell') return;
    const { code, observed, look } = verdict.diagnosis;
    this.#options.log.warn({ criterion, code }, 'trial without a verdict');
    tell({ type: 'error', error: { code, message: observed, hint: look } });
  }

  #attend(): void {
    if (this.#followers.size === 0) {
      this.#listening?.abort();
      this.#listening = null;
    } else if (this.#listening === null) {
      this.#listening = new AbortController();
      void this.#listen(this.#listening.signal);
    }
  }

  async #listen(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        if (this.#options.lab.status().state === 'ready') await this.#options.checker().engineEvents(() => this.workChanged(), signal);
      } catch (error) {
        this.#options.log.debug({ err: error }, 'engine events ended');
      }
      await pause(AGAIN_MS, signal);
    }
  }
}
