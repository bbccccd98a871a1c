export interface Operation {
  readonly kind: string;
  readonly signal: AbortSignal;
}

interface Running extends Operation {
  readonly controller: AbortController;
  readonly promise: Promise<unknown>;
}

/** The verbs of one lab, one at a time, in the order they were asked for. */
export class Operations {
  #running: Running | null = null;
  #tail: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #begun = 0;

  /** How many verbs there have been: what was seen when it was another number may be over. */
  get begun(): number {
    return this.#begun;
  }

  get idle(): boolean {
    return this.#waiting === 0;
  }

  /** Runs `work` once all before it have ended; it must end by the signal it is given, at the latest after `limitMs`. */
  run<T>(kind: string, limitMs: number, work: (signal: AbortSignal) => Promise<T>, outer?: AbortSignal): Promise<T> {
    const controller = new AbortController();
    this.#waiting++;
    this.#begun++;
    const promise = this.#tail.then(async () => {
      const signals = [controller.signal, AbortSignal.timeout(limitMs), ...(outer === undefined ? [] : [outer])];
      const signal = AbortSignal.any(signals);
      this.#running = { kind, signal, controller, promise };
      try {
        signal.throwIfAborted();
        return await work(signal);
      } finally {
        this.#running = null;
        this.#waiting--;
      }
    });
    this.#tail = promise.catch(() => undefined);
    return promise;
  }

  /** Ends what runs now if it is of that kind: what comes next makes it pointless. */
  interrupt(kind: string): void {
    if (this.#running?.kind === kind) this.#running.controller.abort();
  }
}
