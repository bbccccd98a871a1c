import { setTimeout as sleep } from 'node:timers/promises';
import { LabUnavailable } from '../../../lab-engine/lab-unavailable.ts';
import type { TrialView } from '../../definitions.ts';
import type { Sandbox } from './sandbox.ts';

const POLL_MS = 400;
/** A program that still runs and has written nothing for this time has done its work, and waits. */
const QUIET_MS = 10_000;
/** Interval between two readings of its log. */
const LISTEN_MS = 2000;

/** One run of the pipeline. */
export interface Run {
  /** Null if it still runs: a service, or a program that does not end. */
  readonly code: number | null;
  readonly outOfMemory: boolean;
  /** The engine's reason if it could not start the container; otherwise empty. */
  readonly refusal: string;
  readonly log: string;
  /** Number of requests to the trial's source. */
  readonly requests: number;
  readonly tookMs: number;
}

export interface RunTerms {
  readonly sandbox: Sandbox;
  readonly service: string;
  /** The scenario that it should read. Null if it reads the everyday source. */
  readonly scenario: string | null;
  readonly limitMs: number;
  /** The log of its earlier runs. */
  readonly before?: string;
  /** Whether a program that waits quietly has done its work. */
  readonly isDone: (seen: { log: string; requests: number }) => boolean;
}

/** Watches a started run until it ends or reaches the limit. */
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
