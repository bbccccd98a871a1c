import { setTimeout as sleep } from 'node:timers/promises';
import { LabUnavailable } from '../../../lab-engine/lab-unavailable.ts';
import type { TrialView } from '../../definitions.ts';
import type { Sandbox } from './sandbox.ts';

const POLL_MS = 400;
/** A program that goes on and has said nothing for so long does its work and then waits. */
const QUIET_MS = 10_000;
/** Between two readings of what it says. */
const LISTEN_MS = 2000;

/** One run of the pipeline. */
export interface Run {
  /** Null where it still runs: a service, or one that does not come to an end. */
  readonly code: number | null;
  readonly outOfMemory: boolean;
  /** Why the engine could not start it; empty otherwise. */
  readonly refusal: string;
  readonly log: string;
  /** How often it asked the source of its trial. */
  readonly requests: number;
  readonly tookMs: number;
}

export interface RunTerms {
  readonly sandbox: Sandbox;
  readonly service: string;
  /** The scenario that it should read; null where it reads the everyday source. */
  readonly scenario: string | null;
  readonly limitMs: number;
  /** What it wrote in runs before. */
  readonly before?: string;
  /** Whether a program that waits quietly has done its work. */
  readonly isDone: (seen: { log: string; requests: number }) => boolean;
}

/** Watches a run that has been started, to its end or to the limit. */
export async function watchRun(view: TrialView, terms: RunTerms): Promise<Run> {
  const began = Date.now();
  const heard = { log: '', at: began, changedAt: began };
  for (;;) {
    const facts = await terms.sandbox.facts(terms.service);
    if (facts === null) throw new LabUnavailable('engine');
    const ended = facts.state === 'exited' || facts.state === 'dead' || (facts.state === 'created' && facts.error !== '');
    const tookMs = Date.now() - began;
    if (ended || Date.now() - heard.at > LISTEN_MS || tookMs > terms.limitMs) {
      const log = since(await terms.sandbox.log(terms.service), terms.before);
      if (log !== heard.log) heard.changedAt = Date.now();
      Object.assign(heard, { log, at: Date.now() });
      const requests = await asked(view, terms.scenario);
      const seen = { outOfMemory: facts.oomKilled, refusal: facts.error, log, requests, tookMs };
      if (ended) return { ...seen, code: facts.exitCode };
      const waits = Date.now() - heard.changedAt > QUIET_MS && terms.isDone(seen);
      if (waits || tookMs > terms.limitMs) return { ...seen, code: null };
    }
    await sleep(POLL_MS);
  }
}

async function asked(view: TrialView, scenario: string | null): Promise<number> {
  if (view.environment === null) throw new LabUnavailable('source');
  return scenario === null ? 0 : view.environment.source.requests(scenario);
}

/** The part of a log that a run added. */
function since(log: string, before = ''): string {
  return before !== '' && log.startsWith(before) ? log.slice(before.length) : log;
}
