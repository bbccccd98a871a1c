import type { Diagnosis, Evidence, Remark, Where } from '../../contract/verdict.ts';
import type { Act } from './act.ts';
import type { Criterion, Finding, LabView } from './definitions.ts';
import { blockedBy } from './not-judged.ts';
import { notRead } from './not-read.ts';
import { NotRead } from './reading.ts';

/** What a condition found; the texts receive it. If it is falsy, the condition does not hold. */
type Found<T> = T | null | undefined | false | '' | 0;
/** French, for the learner. */
type Text<F, T> = string | ((facts: F, found: T) => string);
/** Usually a constant. */
type Code<F> = string | ((facts: F) => string);
type Place<F, T> = Where | ((facts: F, found: T) => Where);

/** The texts of a fault. `where` and `expected` default to the criterion's. */
interface Says<F, T> {
  readonly observed: Text<F, T>;
  readonly look: Text<F, T>;
  readonly where?: Place<F, T>;
  readonly expected?: Text<F, T>;
}

interface Spec<F, A> {
  /** Ids of the criteria that must be met first. */
  readonly needs: readonly string[];
  readonly expected: string;
  /** For the judge `trial`: the act whose outcome `read` receives. */
  readonly act?: Act<A>;
  /** Returns everything that the conditions use. May throw `NotRead`, which becomes a verdict, and `LabUnavailable`. */
  readonly read: (view: LabView, done: A) => Promise<F> | F;
  readonly where?: Place<F, void>;
  readonly evidence?: (facts: F) => readonly Evidence[];
}

type Rule<F> = (facts: F) => Finding | null;

/**
 * A criterion of the plan: what it reads, then its faults in their order. The first condition that holds decides.
 * If none holds, the criterion is met, with all remarks whose conditions hold. Conditions are pure.
 */
export function criterion<F, A = undefined>(id: string, spec: Spec<F, A>): RuledCriterion<F, A> {
  return new RuledCriterion(id, spec);
}

class RuledCriterion<F, A> implements Criterion {
  readonly id: string;
  readonly needs: readonly string[];
  readonly act: Act<unknown> | undefined;
  readonly #spec: Spec<F, A>;
  readonly #rules: Rule<F>[] = [];
  readonly #remarks: ((facts: F) => readonly Remark[])[] = [];
  #untouched: (facts: F) => boolean = () => false;

  constructor(id: string, spec: Spec<F, A>) {
    this.id = id;
    this.needs = spec.needs;
    this.act = spec.act;
    this.#spec = spec;
  }

  /** Not met, with this code. */
  fault<T>(code: Code<F>, when: (facts: F) => Found<T>, says: Says<F, T>): this {
    return this.#rule(when, (facts, found) => ({
      verdict: 'not-met',
      diagnosis: { code: say(code, facts, undefined), ...this.#say(says, facts, found) },
    }));
  }

  /** Not met, with a diagnosis that a reader composes. */
  faultOf(find: (facts: F) => Found<Omit<Diagnosis, 'expected'>>): this {
    return this.#rule(find, (_facts, found) => ({ verdict: 'not-met', diagnosis: { expected: this.#spec.expected, ...found } }));
  }

  /** Cannot tell: something is starting. The code is `wait.<what>`. */
  waits<T>(what: Code<F>, when: (facts: F) => Found<T>, says: Omit<Says<F, T>, 'look'> & { look?: Text<F, T> }): this {
    const look = says.look ?? 'Il sera regardé de nouveau dans un instant.';
    return this.#rule(when, (facts, found) => ({
      verdict: 'cannot-tell',
      diagnosis: { code: `wait.${say(what, facts, undefined)}`, ...this.#say({ ...says, look }, facts, found) },
    }));
  }

  /** Cannot tell: another criterion names the cause. */
  blocked<T>(by: string, when: (facts: F) => Found<T>, observed?: Text<F, T>): this {
    return this.#rule(when, (facts, found) => blockedBy(by, observed === undefined ? undefined : say(observed, facts, found)));
  }

  /** Still met, with a trap worth knowing. */
  remark<T>(code: string, when: (facts: F) => Found<T>, text: Text<F, T>, where?: Place<F, T>): this {
    return this.remarks((facts) => {
      const found = when(facts);
      return found ? [{ code, text: say(text, facts, found), where: this.#place(where, facts, found) }] : [];
    });
  }

  /** Remarks that a reader composes. */
  remarks(find: (facts: F) => readonly Remark[]): this {
    this.#remarks.push(find);
    return this;
  }

  /** Whether nothing that the criterion reads has been begun: what is not met is then still to do. */
  untouched(when: (facts: F) => boolean): this {
    this.#untouched = when;
    return this;
  }

  async judge(view: LabView, done?: unknown): Promise<Finding> {
    let facts: F;
    try {
      // `Look` passes the outcome of this criterion's own act.
      facts = await this.#spec.read(view, done as A);
    } catch (error) {
      if (error instanceof NotRead) return notRead(this.id, this.#spec.expected, error);
      throw error;
    }
    const evidence = this.#spec.evidence?.(facts) ?? [];
    for (const rule of this.#rules) {
      const finding = rule(facts);
      if (finding) return { ...finding, evidence, ...(finding.verdict === 'not-met' && { untouched: this.#untouched(facts) }) };
    }
    return { verdict: 'met', remarks: this.#remarks.flatMap((find) => find(facts)), evidence };
  }

  #rule<T>(when: (facts: F) => Found<T>, finding: (facts: F, found: T) => Finding): this {
    this.#rules.push((facts) => {
      const found = when(facts);
      return found ? finding(facts, found) : null;
    });
    return this;
  }

  #say<T>({ observed, look, where, expected = this.#spec.expected }: Says<F, T>, facts: F, found: T): Omit<Diagnosis, 'code'> {
    return {
      expected: say(expected, facts, found),
      observed: say(observed, facts, found),
      where: this.#place(where, facts, found),
      look: say(look, facts, found),
    };
  }

  #place<T>(where: Place<F, T> | undefined, facts: F, found: T): Where {
    if (where === undefined) return this.#spec.where === undefined ? {} : placeOf(this.#spec.where, facts, undefined);
    return placeOf(where, facts, found);
  }
}

function say<F, T>(text: Text<F, T>, facts: F, found: T): string {
  return typeof text === 'string' ? text : text(facts, found);
}

function placeOf<F, T>(where: Place<F, T>, facts: F, found: T): Where {
  return typeof where === 'function' ? where(facts, found) : where;
}
