import type { LabStep } from '../../../../contract/lab.ts';
import { EscaleError } from '../../../../server/errors/escale-error.ts';
import type { LabDriver, LabEndpoint, LabInspection, LabSpec } from '../../../../server/labs/driver/definitions.ts';

const FREE_BYTES = 100e9;

/** Labs in memory. A start waits for `mayStart`; `failure` is what the next one ends with. */
export class FakeDriver implements LabDriver {
  readonly running = new Map<string, LabEndpoint>();
  readonly stopped = new Set<string>();
  readonly volumes = new Set<string>();
  readonly specs: LabSpec[] = [];
  /** The labs whose engine's data were taken, in order. */
  readonly emptied: string[] = [];
  mayStart: Promise<void> = Promise.resolve();
  failure: Error | null = null;
  /** A running lab does not answer, so it is restarted. */
  broken = false;
  readonly #container: string;

  /** `container`: what the names of its containers begin with. */
  constructor(container = 'c') {
    this.#container = container;
  }

  async start(spec: LabSpec, onStep: (step: LabStep) => void, signal: AbortSignal): Promise<LabEndpoint> {
    signal.throwIfAborted();
    this.specs.push(spec);
    this.volumes.add(spec.id);
    const found = this.running.get(spec.id);
    if (found !== undefined && !this.broken) {
      for (const id of ['volumes', 'isolation'] as const) onStep({ id, state: 'done', tookMs: 1 });
      return found;
    }
    this.broken = false;
    onStep({ id: 'volumes', state: 'done', tookMs: 1 });
    onStep({ id: 'isolation', state: 'running' });
    try {
      await this.#boot(spec, signal);
    } catch (error) {
      onStep({ id: 'isolation', state: 'failed' });
      this.removeBehindOurBack(spec.id);
      throw error;
    }
    const agentUrl = `http://127.0.0.1:1/${spec.id}`;
    const endpoint = { container: `${this.#container}-${spec.id}`, agentUrl, sourceControlUrl: 'http://127.0.0.1:2' };
    this.running.set(spec.id, endpoint);
    this.stopped.delete(spec.id);
    onStep({ id: 'isolation', state: 'done', tookMs: 1 });
    return endpoint;
  }

  async #boot({ freeFloorBytes = 0 }: LabSpec, signal: AbortSignal): Promise<void> {
    const aborted = Promise.withResolvers<void>();
    signal.addEventListener('abort', () => aborted.resolve(), { once: true });
    if (signal.aborted) aborted.resolve();
    await Promise.race([this.mayStart, aborted.promise]);
    signal.throwIfAborted();
    const { failure } = this;
    this.failure = null;
    if (failure !== null) throw failure;
    if (freeFloorBytes > FREE_BYTES) throw new EscaleError('unavailable', 'lab.host-disk', { message: 'm', hint: 'h' });
  }

  async stop(id: string): Promise<void> {
    if (this.running.delete(id)) this.stopped.add(id);
  }

  async remove(id: string): Promise<void> {
    this.removeBehindOurBack(id);
    this.volumes.delete(id);
  }

  async removeEngine(id: string): Promise<void> {
    this.removeBehindOurBack(id);
    this.emptied.push(id);
  }

  removeBehindOurBack(id: string): void {
    this.running.delete(id);
    this.stopped.delete(id);
  }

  async inspect(id: string): Promise<LabInspection | null> {
    const endpoint = this.running.get(id);
    if (endpoint !== undefined) return { id, state: 'ready', endpoint, isolation: 'userns' };
    return this.stopped.has(id) ? { id, state: 'stopped', endpoint: null, isolation: 'userns' } : null;
  }

  async list(): Promise<LabInspection[]> {
    const inspections = await Promise.all([...this.running.keys(), ...this.stopped].map((id) => this.inspect(id)));
    return inspections.filter((inspection) => inspection !== null);
  }

  async usage(id: string): Promise<{ memoryBytes: number; memoryLimitBytes: number; diskBytes: number }> {
    const spec = this.specs.findLast((one) => one.id === id);
    if (spec === undefined || (await this.inspect(id)) === null)
      throw new EscaleError('not-found', 'lab.unknown', { message: 'm', hint: 'h' });
    return { memoryBytes: 100, memoryLimitBytes: spec.memoryBytes, diskBytes: 50 };
  }
}
