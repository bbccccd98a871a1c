import type { Verdict } from '../../contract/verdict.ts';
import { LabUnavailable } from '../lab-engine/lab-unavailable.ts';
import type { ActOutcomes } from './act.ts';
import { criterion as findCriterion } from './catalogue.ts';
import type { Criterion, Finding, LabView, Subject } from './definitions.ts';
import { createMask } from './mask.ts';
import { mayBeNamedBy, names } from './named-causes.ts';
import { blockedByVerdict, couldNotLook, notTried } from './not-judged.ts';
import { planned } from './plan.ts';
import { projectSecrets } from './readers/compose/project-secrets.ts';
import { toVerdict } from './to-verdict.ts';
import { createView } from './view.ts';

export interface LookOptions {
  readonly acts: ActOutcomes;
  /** Aborts every read. The subject is already bound to it. */
  readonly signal: AbortSignal;
  readonly onFault: ((criterion: string, error: unknown) => void) | undefined;
}

/** One look at a subject: each criterion is judged once, after those it needs. */
export class Look {
  readonly #options: LookOptions;
  readonly #files;
  readonly #view: LabView;
  readonly #verdicts = new Map<string, Promise<Verdict>>();

  constructor(subject: Subject, options: LookOptions) {
    this.#options = options;
    this.#files = subject.engine.openImages();
    this.#view = createView(subject, this.#files, options.signal);
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
      // If the engine went away, it still has the containers of this look. A later start removes them.
      if (!(error instanceof LabUnavailable)) throw error;
    }
  }

  async #judge(criterion: Criterion): Promise<Verdict> {
    for (const need of criterion.needs) {
      const needed = await this.verdict(need);
      if (needed.verdict !== 'met') return this.#say(criterion, blockedByVerdict(needed));
    }
    try {
      const finding = await this.#find(criterion);
      return await this.#say(criterion, (await this.#namedElsewhere(criterion, finding)) ?? finding);
    } catch (error) {
      if (!(error instanceof LabUnavailable)) this.#options.onFault?.(criterion.id, error);
      return this.#say(criterion, couldNotLook(error));
    }
  }

  async #find(criterion: Criterion): Promise<Finding> {
    const { act } = criterion;
    if (act === undefined) return criterion.judge(this.#view, undefined);
    const outcome = await this.#options.acts.outcome(act, this.#view);
    return outcome === null ? notTried(act.announce) : criterion.judge(this.#view, outcome.done);
  }

  /** What is said instead if another criterion has named the same cause. */
  async #namedElsewhere({ id }: Criterion, finding: Finding): Promise<Finding | null> {
    if (finding.verdict !== 'not-met') return null;
    for (const { by, as } of mayBeNamedBy(id, finding.diagnosis.code)) {
      const other = await this.verdict(by);
      if (names(other, as)) return blockedByVerdict(other);
    }
    return null;
  }

  async #say(criterion: Criterion, finding: Finding): Promise<Verdict> {
    const mask = await this.#view.once('mask', async () => createMask(await this.secrets()));
    const verdict = toVerdict(planned(criterion.id), finding, mask);
    return criterion.act === undefined ? verdict : { ...verdict, act: criterion.act.name };
  }

  /** Values that no verdict may show. */
  secrets(): Promise<string[]> {
    return projectSecrets(this.#view);
  }
}
