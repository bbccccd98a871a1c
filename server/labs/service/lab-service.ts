import { randomBytes } from 'node:crypto';
import type { LabArchives, LabStarted, LabStatus, LabStep } from '../../../contract/lab.ts';
import type { CheckReport } from '../../../contract/verdict.ts';
import { atMost } from '../../host/at-most.ts';
import { pause } from '../../host/pause.ts';
import type { Learner } from '../../learner.ts';
import type { LabAgent } from '../agents/definitions.ts';
import { type SourceControl, sourceOf } from '../source/source-control.ts';
import type { CheckOptions, LabControl, ReplaceOptions, ReplaceReport, StartOptions } from './definitions.ts';
import { Lab, START_MS } from './lab.ts';
import type { LabAccess } from './lab-access.ts';
import type { LabChecker } from './lab-checker.ts';
import type { LabDependencies } from './lab-dependencies.ts';
import { labUnknown } from './lab-errors.ts';
import type { ProjectChange } from './project-change.ts';
import { WarmLabs } from './warm-labs.ts';

/** The checker of a lab that is reached so; what it finds is kept in the learner's progress, where there is one. */
export type FindChecker = (lab: string, agent: LabAgent, access: LabAccess, learner?: Learner) => LabChecker;

/** Milliseconds between two looks at the labs that should run, and after how many failed starts in a row the next waits how long. */
const TEND_MS = 3000;
const GUARD_MS = 60_000;
const SLEEP_LOOK_MS = 15_000;
const BACKOFF_MS = [0, 5000, 15_000, 60_000];

/** The labs of this instance, found again by their names and labels whatever happened to the process that made them. */
export class LabService implements LabControl {
  readonly #dependencies: LabDependencies;
  readonly #findChecker: FindChecker;
  readonly #labs = new Map<string, Lab>();
  readonly #warm: WarmLabs;

  constructor(dependencies: LabDependencies, findChecker: FindChecker) {
    this.#dependencies = dependencies;
    this.#findChecker = findChecker;
    const { store, log } = dependencies;
    this.#warm = new WarmLabs({
      lab: (id) => this.lab(id),
      store,
      madeFrom: () => this.#madeFrom(),
      busy: () => [...this.#labs.values()].some(({ idle }) => !idle),
      log,
    });
  }

  /** The lab of that id, known or not yet made. */
  lab(id: string): Lab {
    const known = this.#labs.get(id);
    if (known !== undefined) return known;
    const lab = new Lab(id, this.#dependencies);
    this.#labs.set(id, lab);
    return lab;
  }

  async start({ lab: wanted, onStep, signal }: StartOptions = {}): Promise<LabStarted> {
    const began = performance.now();
    const warm = wanted === undefined ? await this.#takeWarm(began) : null;
    if (warm !== null) return warm;
    const id = wanted ?? randomBytes(4).toString('hex');
    const isNew = this.#dependencies.store.find(id) === null;
    const lab = this.lab(id);
    const report = (step: LabStep): void => onStep?.(step);
    lab.on('step', report);
    try {
      await lab.refresh();
      const endpoint = lab.status().state === 'ready' ? lab.access().endpoint : await lab.start(signal);
      await lab.engineStarted();
      const tookMs = performance.now() - began;
      await this.#supplied(START_MS - tookMs, signal);
      return {
        lab: id,
        state: 'ready',
        container: endpoint.container,
        isolation: lab.status().isolation,
        tookMs,
        steps: lab.status().steps.flatMap(({ id: name, tookMs: ms }) => (ms === undefined ? [] : [{ name, ms }])),
      };
    } catch (error) {
      // Nobody was told its name: what is left of it would be found by nobody.
      if (isNew && wanted === undefined) await lab.remove();
      throw error;
    } finally {
      lab.off('step', report);
    }
  }

  async list(): Promise<LabStatus[]> {
    const inspections = await (await this.#dependencies.host()).driver.list();
    const ids = new Set([...this.#dependencies.store.list().map(({ id }) => id), ...inspections.map(({ id }) => id)]);
    const labs = [...ids].sort().map((id) => this.lab(id));
    await Promise.all(labs.map((lab) => lab.refresh()));
    return labs.map((lab) => lab.status());
  }

  async status(id: string): Promise<LabStatus> {
    return (await this.#known(id)).status();
  }

  async stop(id: string, signal?: AbortSignal): Promise<LabStatus> {
    const lab = await this.#known(id);
    await lab.stop({ wanted: 'stopped', signal });
    return lab.status();
  }

  reset(id: string, options?: ReplaceOptions): Promise<ReplaceReport> {
    return this.#replace(id, { kind: 'reset' }, options);
  }

  restore(id: string, archive: string, options?: ReplaceOptions): Promise<ReplaceReport> {
    return this.#replace(id, { kind: 'restore', archive }, options);
  }

  async archives(id: string): Promise<LabArchives> {
    const { archives } = this.#dependencies;
    await this.#known(id);
    return { folder: archives.folder, archives: await archives.list(id) };
  }

  async remove(id: string, signal?: AbortSignal): Promise<void> {
    // It stays the lab of that id: a page may show it, and start it again.
    await (await this.#known(id)).remove(signal);
  }

  async agent(id: string): Promise<LabAgent> {
    return (await this.#awake(id)).agent();
  }

  async access(id: string): Promise<LabAccess> {
    return (await this.#awake(id)).access();
  }

  async source(id: string): Promise<SourceControl> {
    return sourceOf(await this.access(id));
  }

  async check(id: string, tasks: readonly string[], options: CheckOptions): Promise<CheckReport> {
    const began = performance.now();
    const lab = await this.#awake(id);
    const leave = lab.use();
    try {
      const criteria = await this.#findChecker(id, lab.agent(), lab.access(), options.learner).check(tasks, options);
      return { lab: id, tookMs: performance.now() - began, criteria };
    } finally {
      leave();
    }
  }

  /** From now on the lab should run. */
  want(id: string): void {
    this.#dependencies.store.ensure(id);
    this.#dependencies.store.want(id, 'running');
  }

  /** Until `signal`: starts a lab again that should run and does not: removed or killed behind our back, or its engine came back. */
  async tend(id: string, mayStart: () => boolean, signal: AbortSignal): Promise<void> {
    const lab = this.lab(id);
    let failures = 0;
    while (!signal.aborted) {
      try {
        await lab.refresh();
        if (lab.status().state === 'ready') failures = 0;
        else if (mayStart() && lab.idle && this.#dependencies.store.find(id)?.wanted === 'running') await lab.start(signal);
      } catch (error) {
        failures++;
        this.#dependencies.log.debug({ lab: id, err: error }, 'lab not there');
      }
      await pause(TEND_MS + (BACKOFF_MS[Math.min(failures, BACKOFF_MS.length - 1)] ?? 0), signal);
    }
  }

  /** Until `signal`: holds every lab that runs to its disk, looked at or not. */
  async guardDisks(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await pause(GUARD_MS, signal);
      for (const lab of this.#labs.values()) {
        await lab.measure().catch((error: unknown) => this.#dependencies.log.debug({ lab: lab.id, err: error }, 'lab not measured'));
      }
    }
  }

  /** Until `signal`: puts each lab to sleep that nobody used for so long; 0: never. */
  async sleepUnused(afterMs: number, signal: AbortSignal): Promise<void> {
    while (afterMs > 0 && !signal.aborted) {
      await pause(Math.min(SLEEP_LOOK_MS, afterMs), signal);
      const known = [...this.#labs.values()].filter(({ id }) => this.#dependencies.store.find(id)?.warm === null);
      const looks = known.map((lab) => lab.sleepWhenUnused(afterMs, performance.now()));
      for (const look of await Promise.allSettled(looks))
        if (look.status === 'rejected') this.#dependencies.log.debug({ err: look.reason }, 'lab not put to sleep');
    }
  }

  /** Until `signal`: keeps so many labs ready that nobody has asked for yet. */
  async keepWarm(count: number, mayStart: () => boolean, signal: AbortSignal): Promise<void> {
    await this.#warm.keep(count, mayStart, signal);
  }

  /** Stops all that runs on the engine, to be started again by the next server. */
  async suspend(signal: AbortSignal): Promise<void> {
    await this.#warm.clear(signal);
    const running = (await this.list()).filter(({ state }) => state === 'ready' || state === 'starting' || state === 'creating');
    await Promise.all(running.map(({ lab }) => this.lab(lab).stop({ wanted: 'running', signal })));
    await (await this.#dependencies.host()).images.stopRegistry();
  }

  /** Whoever asked by a command builds on the course's images next: they are waited for, as long as a start may take. The page does not wait. */
  async #supplied(forMs: number, signal?: AbortSignal): Promise<void> {
    await atMost(Math.max(0, forMs), this.#dependencies.supplied(), signal);
  }

  async #replace(id: string, change: ProjectChange, { onChange, signal }: ReplaceOptions = {}): Promise<ReplaceReport> {
    const lab = await this.#known(id);
    const report = (): void => {
      const now = lab.status().change;
      if (now !== undefined) onChange?.(now);
    };
    lab.on('change', report);
    try {
      const archive = await lab.replace(change, signal);
      return { archive: archive === null ? null : this.#dependencies.archives.path(archive.name) };
    } finally {
      lab.off('change', report);
    }
  }

  async #madeFrom(): Promise<string> {
    return await this.#dependencies.madeFrom(await this.#dependencies.host());
  }

  /** Null where no warm lab is ready. */
  async #takeWarm(began: number): Promise<LabStarted | null> {
    const { store } = this.#dependencies;
    if (!store.list().some(({ warm }) => warm)) return null;
    const madeFrom = await this.#madeFrom();
    for (let taken = store.takeWarm(madeFrom); taken !== null; taken = store.takeWarm(madeFrom)) {
      const lab = this.lab(taken.id);
      await lab.refresh();
      if (lab.status().state !== 'ready') {
        // It died unseen.
        await lab.remove();
        continue;
      }
      const { container } = lab.access().endpoint;
      const tookMs = performance.now() - began;
      return { lab: lab.id, state: 'ready', container, isolation: lab.status().isolation, tookMs, steps: [{ name: 'warm', ms: tookMs }] };
    }
    return null;
  }

  /** A lab that somebody uses now: it is woken. Whoever connects to its engine waits for it there. */
  async #awake(id: string): Promise<Lab> {
    const lab = await this.#known(id);
    await lab.wake();
    return lab;
  }

  async #known(id: string): Promise<Lab> {
    const lab = this.lab(id);
    await lab.refresh();
    if (this.#dependencies.store.find(id) === null && (await (await this.#dependencies.host()).driver.inspect(id)) === null)
      throw labUnknown(id);
    return lab;
  }
}
