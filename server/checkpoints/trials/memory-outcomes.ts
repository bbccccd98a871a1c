import type { OutcomeStore } from '../definitions.ts';

/** Outcomes that end with the process: those of the learner's own machine, of plays and of tests. */
export class MemoryOutcomes implements OutcomeStore {
  readonly #kept = new Map<string, Map<string, unknown>>();

  digests(lab: string, act: string): readonly string[] {
    return [...this.#of(lab, act).keys()];
  }

  find(lab: string, act: string, digest: string): { readonly done: unknown } | null {
    const kept = this.#of(lab, act);
    return kept.has(digest) ? { done: kept.get(digest) } : null;
  }

  keep(lab: string, act: string, digest: string, done: unknown): void {
    this.#of(lab, act).set(digest, done);
  }

  #of(lab: string, act: string): Map<string, unknown> {
    const key = `${lab} ${act}`;
    const kept = this.#kept.get(key) ?? new Map<string, unknown>();
    this.#kept.set(key, kept);
    return kept;
  }
}
