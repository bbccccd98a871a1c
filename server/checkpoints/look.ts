import type { Verdict } from '../../contract/verdict.ts';
import { LabUnavailable } from '../lab-engine/lab-unavailable.ts';
import { criterion as findCriterion } from './catalogue.ts';
import type { Criterion, Finding, LabView, Subject } from './definitions.ts';
import { createMask, secretsOfEnvFile } from './mask.ts';
import { blockedBy, couldNotLook, notTried } from './not-judged.ts';
import { planned } from './plan.ts';
import { composeSecrets } from './probes/compose/secret-values.ts';
import { toVerdict } from './to-verdict.ts';
import { createView } from './view.ts';

export interface LookOptions {
  /** What trials gave, and on what, kept between looks. */
  readonly outcomes: Map<string, { subject: string; verdict: Verdict }>;
  /** Ids of the trials that this look may run. */
  readonly trials: readonly string[];
  /** Runs a trial under its undo plan. */
  readonly act: <T>(criterion: string, act: (trial: string) => Promise<T>) => Promise<T>;
  readonly onFault: ((criterion: string, error: unknown) => void) | undefined;
}

/** One look at a subject: each criterion is judged once, after those it needs. */
export class Look {
  readonly #options: LookOptions;
  readonly #files;
  readonly #view: LabView;
  readonly #verdicts = new Map<string, Promise<Verdict>>();
  /** Acts that this look has done: what they gave is known to all criteria that share them. */
  readonly #acted = new Set<string>();

  constructor(subject: Subject, options: LookOptions) {
    this.#options = options;
    this.#files = subject.engine.openImages();
    this.#view = createView(subject, this.#files);
  }

  verdict(id: string): Promise<Verdict> {
    let verdict = this.#verdicts.get(id);
    if (!verdict) {
      verdict = this.#judge(findCriterion(id));
      this.#verdicts.set(id, verdict);
    }
    return verdict;
  }

  async close(): Promise<void> {
    try {
      await this.#files.close();
    } catch (error) {
      // An engine that went away keeps the containers of this look; the next one takes them away.
      if (!(error instanceof LabUnavailable)) throw error;
    }
  }

  async #judge(criterion: Criterion): Promise<Verdict> {
    for (const need of criterion.needs) {
      const needed = await this.verdict(need);
      if (needed.verdict !== 'met') return this.#say(criterion, blockedBy(needed));
    }
    try {
      return criterion.trial ? await this.#try(criterion, criterion.trial) : await this.#say(criterion, await criterion.judge(this.#view));
    } catch (error) {
      if (!(error instanceof LabUnavailable)) this.#options.onFault?.(criterion.id, error);
      return this.#say(criterion, couldNotLook(error));
    }
  }

  async #try(criterion: Criterion, terms: NonNullable<Criterion['trial']>): Promise<Verdict> {
    const subject = await terms.subject(this.#view);
    if (!this.#options.trials.includes(criterion.id)) {
      const known = this.#options.outcomes.get(criterion.id);
      return known?.subject === subject ? known.verdict : this.#say(criterion, notTried(terms.announce));
    }
    const finding =
      terms.act !== undefined && this.#acted.has(terms.act)
        ? await criterion.judge(this.#view)
        : await this.#options.act(criterion.id, (trial) => {
            if (terms.act !== undefined) this.#acted.add(terms.act);
            return criterion.judge({ ...this.#view, trial });
          });
    const verdict = await this.#say(criterion, finding);
    this.#options.outcomes.set(criterion.id, { subject, verdict });
    return verdict;
  }

  async #say(criterion: Criterion, finding: Finding): Promise<Verdict> {
    const mask = await this.#view.once('mask', async () => createMask(await this.#secrets()));
    return toVerdict(planned(criterion.id), finding, mask);
  }

  /** Where the project cannot be read, nothing of it is in a verdict either. */
  async #secrets(): Promise<string[]> {
    try {
      const names = (await this.#view.rootNames()).filter((name) => /^\.env(\..+)?$/.test(name));
      const files = await Promise.all(names.map((name) => this.#view.file(name)));
      return [...files.flatMap((file) => (file ? secretsOfEnvFile(file) : [])), ...(await composeSecrets(this.#view))];
    } catch (error) {
      if (error instanceof LabUnavailable) return [];
      throw error;
    }
  }
}
