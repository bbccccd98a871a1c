import { EventEmitter } from 'node:events';
import type { Isolation, LabArchive, LabChange, LabState, LabStatus, LabStep } from '../../../contract/lab.ts';
import { asEscaleError } from '../../errors/as-escale-error.ts';
import { within } from '../../host/within.ts';
import type { LabRecord } from '../../state/lab-store.ts';
import type { LabAgent } from '../agents/definitions.ts';
import type { LabEndpoint } from '../driver/definitions.ts';
import { DiskGuard, isDiskProblem } from './disk-guard.ts';
import type { LabAccess } from './lab-access.ts';
import type { LabDependencies } from './lab-dependencies.ts';
import { labAway, labInterrupted, labNotReady } from './lab-errors.ts';
import { type Measures, measureLab } from './measure-lab.ts';
import { Operations } from './operations.ts';
import { changeProject, type ProjectChange } from './project-change.ts';

/** Maximum time to wait for a start. */
export const START_MS = 120_000;
const STOP_MS = 60_000;
const CHANGE_MS = 300_000;
const PUT_STARTER_MS = 30_000;

const STEPS = ['volumes', 'isolation', 'agent', 'project', 'engine'] as const;

/** One lab: its state, and its verbs one after the other. Emits `change` whenever its status does, `step` for each step of a start. */
export class Lab extends EventEmitter<{ change: []; step: [LabStep] }> {
  readonly id: string;
  readonly #dependencies: LabDependencies;
  readonly #operations = new Operations();
  readonly #disk: DiskGuard;
  #state: LabState = 'stopped';
  #steps: LabStep[] = [];
  #problem: LabStatus['problem'];
  /** Of the lab that is there; of the next, where there is none. */
  #isolation: Isolation;
  #endpoint: LabEndpoint | null = null;
  #agent: LabAgent | null = null;
  #measured: Measures = {};
  #change: LabChange | undefined;
  #starting: Promise<LabEndpoint> | null = null;
  #engineStart: Promise<void> = Promise.resolve();
  #users = 0;
  /** When nobody was seen to use it first, in milliseconds; null: somebody does. */
  #unusedSince: number | null = null;

  constructor(id: string, dependencies: LabDependencies) {
    super();
    this.id = id;
    this.#dependencies = dependencies;
    this.#isolation = dependencies.isolation;
    this.#disk = new DiskGuard(dependencies.log);
  }

  get idle(): boolean {
    return this.#operations.idle;
  }

  status(): LabStatus {
    return {
      lab: this.id,
      state: this.#state,
      isolation: this.#isolation,
      ...(this.#record()?.warm == null ? {} : { warm: true }),
      steps: this.#steps,
      ...(this.#problem === undefined ? {} : { problem: this.#problem }),
      ...(this.#state === 'ready' ? this.#measured : {}),
      ...(this.#change === undefined ? {} : { change: this.#change }),
    };
  }

  /** The agent of a ready lab. */
  agent(): LabAgent {
    if (this.#agent === null) throw labAway(this.id, this.#state);
    return this.#agent;
  }

  access(): LabAccess {
    const record = this.#record();
    if (this.#endpoint === null || record === null) throw labAway(this.id, this.#state);
    return { endpoint: this.#endpoint, agentToken: record.agentToken, sourceToken: record.sourceToken };
  }

  /** Resolves once the shells can be used; the lab's engine goes on starting. A second call while one runs waits for the same start. */
  start(signal?: AbortSignal): Promise<LabEndpoint> {
    this.#starting ??= this.#operations
      .run('start', START_MS, (inner) => this.#start(inner), signal)
      .finally(() => {
        this.#starting = null;
      });
    return this.#starting;
  }

  /** Waits for the engine that the latest `start` left starting; rejects with why it does not run. */
  engineStarted(): Promise<void> {
    return this.#engineStart;
  }

  /** `wanted`: what a later start of the server does with it. */
  stop({ wanted, signal }: { wanted: 'running' | 'stopped'; signal?: AbortSignal | undefined }): Promise<void> {
    this.#operations.interrupt('start');
    return this.#operations.run('stop', STOP_MS, (inner) => this.#stop(wanted, inner), signal);
  }

  /** Archives the project and replaces it. Returns the archive, or null if there was nothing to keep. */
  replace(change: ProjectChange, signal?: AbortSignal): Promise<LabArchive | null> {
    return this.#operations.run('replace', CHANGE_MS, (inner) => this.#replace(change, inner), signal);
  }

  remove(signal?: AbortSignal): Promise<void> {
    this.#operations.interrupt('start');
    return this.#operations.run('remove', STOP_MS, (inner) => this.#remove(inner), signal);
  }

  /** Somebody uses the lab, a page or a command, until the answer is called: it does not sleep meanwhile. */
  use(): () => void {
    this.#users++;
    this.#unusedSince = null;
    let left = false;
    return () => {
      if (!left) this.#users--;
      left = true;
    };
  }

  /** Starts it if it sleeps. */
  async wake(signal?: AbortSignal): Promise<void> {
    if (this.#record()?.asleep) await this.start(signal);
  }

  /** Puts it to sleep if nobody has used it, and nothing has run in it, for so long. Called now and then. */
  async sleepWhenUnused(afterMs: number, now: number): Promise<void> {
    const agent = this.#agent;
    const used = async (): Promise<boolean> => this.#users > 0 || !this.idle || (await agent?.activity())?.running.length !== 0;
    if (agent === null || (await used())) this.#unusedSince = null;
    else if (this.#unusedSince === null) this.#unusedSince = now;
    else if (now - this.#unusedSince >= afterMs) await this.#operations.run('sleep', STOP_MS, (inner) => this.#sleep(inner));
  }

  /** Looks at what the engine holds of the lab, unless a verb is at work. */
  async refresh(): Promise<void> {
    if (!this.idle) return;
    const { begun } = this.#operations;
    const host = await this.#dependencies.host();
    const inspection = await host.driver.inspect(this.id);
    // What an engine that takes its time saw before a verb is no longer so after it.
    if (!this.idle || begun !== this.#operations.begun) return;
    this.#isolation = inspection?.isolation ?? this.#dependencies.isolation;
    const record = this.#record();
    if (inspection?.state === 'ready' && inspection.endpoint !== null && record !== null)
      this.#ready(inspection.endpoint, record.agentToken);
    else if (this.#state !== 'failed') this.#away(inspection?.state === 'failed' ? 'failed' : record?.asleep ? 'asleep' : 'stopped');
  }

  /** Starts the lab's engine, which a full disk stops only a while later: time enough to make room. */
  async startEngine(): Promise<void> {
    this.#disk.grant();
    await this.agent().engine('start');
  }

  /** Looks at how much it uses, and holds it to its disk; not while a verb is at work. */
  async measure(): Promise<void> {
    const agent = this.#agent;
    if (agent === null || !this.idle) return;
    const { driver } = await this.#dependencies.host();
    const measured = await measureLab(this.id, driver, agent, this.#dependencies.diskLimitBytes);
    if (agent !== this.#agent || !this.idle) return;
    this.#measured = measured;
    const { problem, obeyed } = await this.#disk.hold(measured, agent);
    if (problem !== null || isDiskProblem(this.#problem)) this.#problem = problem ?? undefined;
    this.emit('change');
    if (obeyed) return;
    await this.stop({ wanted: 'stopped' });
    this.#problem = problem ?? undefined;
    this.emit('change');
  }

  async #start(signal: AbortSignal): Promise<LabEndpoint> {
    const record = this.#dependencies.store.ensure(this.id);
    this.#dependencies.store.want(this.id, 'running');
    this.#problem = undefined;
    this.#steps = STEPS.map((id) => ({ id, state: 'todo' }));
    // One that a server after a killed one found running stays ready as long as nothing has to be done to it.
    if (this.#state !== 'ready') this.#away('starting');
    try {
      const host = await this.#dependencies.host();
      if ((await host.driver.inspect(this.id)) === null) this.#away('creating');
      const spec = await within(START_MS, 'la préparation des images', signal, this.#dependencies.spec(record, host));
      const endpoint = await host.driver.start(spec, (step) => this.#step(step), signal);
      this.#isolation = spec.isolation;
      const agent = this.#dependencies.connect(endpoint, record.agentToken);
      await this.#placeProject(record, agent, signal);
      this.#disk.grant();
      this.#ready(endpoint, record.agentToken);
      this.#engineStart = this.#followEngine();
      this.#engineStart.catch((error: unknown) => this.#dependencies.log.warn({ lab: this.id, err: error }, 'engine of a lab not started'));
      return endpoint;
    } catch (error) {
      this.#dependencies.onStartFailed();
      throw this.#failed(signal.aborted ? this.#aborted(signal) : error);
    }
  }

  /** Only the latest agent's engine counts: a lab that is stopped meanwhile has none. */
  async #followEngine(): Promise<void> {
    const agent = this.agent();
    const began = performance.now();
    this.#measured = { ...this.#measured, engine: { state: 'starting' } };
    this.#step({ id: 'engine', state: 'running' });
    try {
      const { engine } = await agent.engine('start');
      if (agent !== this.#agent) return;
      this.#measured = { ...this.#measured, engine };
      this.#step({ id: 'engine', state: 'done', tookMs: performance.now() - began });
    } catch (thrown) {
      const error = asEscaleError(thrown);
      if (agent !== this.#agent) throw error;
      this.#measured = { ...this.#measured, engine: { state: 'stopped' } };
      this.#problem = error.toBody().error;
      this.#step({ id: 'engine', state: 'failed' });
      throw error;
    }
  }

  async #placeProject(record: LabRecord, agent: LabAgent, signal: AbortSignal): Promise<void> {
    const began = performance.now();
    if (!record.projectPlaced) {
      this.#step({ id: 'project', state: 'running' });
      await within(PUT_STARTER_MS, 'la mise en place du projet', signal, agent.putTree(await this.#dependencies.projectBefore(null)));
      this.#dependencies.store.markProjectPlaced(this.id);
    }
    this.#step({ id: 'project', state: 'done', tookMs: performance.now() - began });
  }

  /** Whoever uses it since it was asked for wins. */
  async #sleep(signal: AbortSignal): Promise<void> {
    if (this.#users > 0 || this.#state !== 'ready') return;
    this.#dependencies.store.sleep(this.id);
    this.#away('stopping');
    try {
      await (await this.#dependencies.host()).driver.stop(this.id, signal);
      this.#away('asleep');
      this.#dependencies.log.info({ lab: this.id }, 'lab asleep');
    } catch (error) {
      throw this.#failed(error);
    }
  }

  #record(): LabRecord | null {
    return this.#dependencies.store.find(this.id);
  }

  async #stop(wanted: 'running' | 'stopped', signal: AbortSignal): Promise<void> {
    this.#dependencies.store.want(this.id, wanted);
    this.#problem = undefined;
    this.#away('stopping');
    try {
      await (await this.#dependencies.host()).driver.stop(this.id, signal);
      this.#away('stopped');
    } catch (error) {
      throw this.#failed(error);
    }
  }

  async #replace(change: ProjectChange, signal: AbortSignal): Promise<LabArchive | null> {
    if (this.#state !== 'ready') await this.#start(signal);
    const { archives, projectBefore, log } = this.#dependencies;
    const onChange = (now: LabChange): void => {
      this.#change = now;
      this.emit('change');
    };
    const archive = await changeProject(change, {
      lab: this.id,
      agent: this.agent(),
      archives,
      renewLab: (begin) => this.#renew(begin, signal),
      projectBefore,
      signal,
      onChange,
    });
    log.info({ lab: this.id, change, archive: archive?.name }, 'project replaced');
    return archive;
  }

  async #renew(begin: (step: 'stop' | 'empty' | 'start') => void, signal: AbortSignal): Promise<LabAgent> {
    const { driver } = await this.#dependencies.host();
    begin('stop');
    this.#away('stopping');
    await driver.stop(this.id, signal);
    begin('empty');
    await driver.removeEngine(this.id, signal);
    begin('start');
    await this.#start(signal);
    return this.agent();
  }

  async #remove(signal: AbortSignal): Promise<void> {
    this.#away('stopping');
    try {
      await (await this.#dependencies.host()).driver.remove(this.id, signal);
      this.#dependencies.store.remove(this.id);
      this.#away('stopped');
    } catch (error) {
      throw this.#failed(error);
    }
  }

  #ready(endpoint: LabEndpoint, token: string): void {
    const same = this.#state === 'ready' && this.#endpoint?.agentUrl === endpoint.agentUrl;
    if (same) return;
    this.#endpoint = endpoint;
    this.#agent = this.#dependencies.connect(endpoint, token);
    this.#problem = undefined;
    this.#state = 'ready';
    this.emit('change');
  }

  #away(state: LabState): void {
    if (this.#state === state && this.#agent === null) return;
    this.#endpoint = null;
    this.#agent = null;
    this.#measured = {};
    this.#state = state;
    this.emit('change');
  }

  #failed(thrown: unknown): Error {
    const error = asEscaleError(thrown);
    this.#dependencies.log.warn({ lab: this.id, err: error }, 'lab failed');
    this.#problem = error.toBody().error;
    this.#steps = this.#steps.map((step) => (step.state === 'running' ? { ...step, state: 'failed' } : step));
    this.#away('failed');
    return error;
  }

  #aborted(signal: AbortSignal): Error {
    const late = signal.reason instanceof Error && signal.reason.name === 'TimeoutError';
    return late ? labNotReady(this.id, START_MS / 1000, signal.reason) : labInterrupted(this.id);
  }

  /** A step that the driver begins on a lab that was ready means that it was not. */
  #step(step: LabStep): void {
    if (this.#state === 'ready' && step.state === 'running' && step.id !== 'engine') this.#away('starting');
    this.#steps = this.#steps.map((known) => (known.id === step.id ? step : known));
    this.emit('step', step);
    this.emit('change');
  }
}
