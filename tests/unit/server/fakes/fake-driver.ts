import { setTimeout as sleep } from 'node:timers/promises';
import type { LabStep } from '../../../../contract/lab.ts';
import type { LabDriver, LabEndpoint, LabInspection, LabSpec } from '../../../../server/labs/driver/definitions.ts';

/** Labs in memory. `startMs` is how long a start takes; `failure` what the next one ends with. */
export class FakeDriver implements LabDriver {
  readonly running = new Map<string, LabEndpoint>();
  readonly stopped = new Set<string>();
  readonly volumes = new Set<string>();
  readonly specs: LabSpec[] = [];
  startMs = 0;
  failure: Error | null = null;
  /** What runs does not answer: it is started afresh. */
  broken = false;

  async start(spec: LabSpec, onStep: (step: LabStep) => void, signal: AbortSignal): Promise<LabEndpoint> {
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
    await sleep(this.startMs, undefined, { signal });
    const { failure } = this;
    this.failure = null;
    if (failure !== null) throw failure;
    const endpoint = { container: `c-${spec.id}`, agentUrl: `http://127.0.0.1:1/${spec.id}`, sourceControlUrl: 'http://127.0.0.1:2' };
    this.running.set(spec.id, endpoint);
    this.stopped.delete(spec.id);
    onStep({ id: 'isolation', state: 'done', tookMs: 1 });
    return endpoint;
  }

  async stop(id: string): Promise<void> {
    if (this.running.delete(id)) this.stopped.add(id);
  }

  async remove(id: string): Promise<void> {
    this.removeBehindOurBack(id);
    this.volumes.delete(id);
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

  async usage(): Promise<{ memoryBytes: number; memoryLimitBytes: number; diskBytes: number }> {
    return { memoryBytes: 100, memoryLimitBytes: 1000, diskBytes: 50 };
  }
}
