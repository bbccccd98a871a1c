import type Docker from 'dockerode';
import type { ContainerInspectInfo } from 'dockerode';
import type { LabStep } from '../../../contract/lab.ts';
import { labIdSchema } from '../../../contract/lab.ts';
import { EscaleError } from '../../errors/escale-error.ts';
import { toEscaleError } from '../../host/engine-errors.ts';
import { STOP_SECONDS } from './container-recipe.ts';
import type { LabDriver, LabEndpoint, LabInspection, LabSpec } from './definitions.ts';
import { hostAddresses } from './host-addresses.ts';
import { KeyedLock } from './keyed-lock.ts';
import { inspectionOf } from './lab-inspection.ts';
import { LabObjects } from './lab-objects.ts';
import { startLab } from './lab-start.ts';
import { measureUsage } from './lab-usage.ts';
import { LAB_LABEL, labFilter, objectNames } from './object-names.ts';
import { refuseOtherIsolation } from './volume-isolation.ts';

const CLEANUP_MS = 60_000;

/** Labs on one Docker Engine, the machine's own. Several drivers may share an engine: each sees its own instance only. */
export class LocalLabDriver implements LabDriver {
  readonly #docker: Docker;
  readonly #instance: string;
  readonly #lock = new KeyedLock();
  readonly #starting = new Set<string>();

  /** `instance`: the absolute path of the state folder. */
  constructor(docker: Docker, instance: string) {
    this.#docker = docker;
    this.#instance = instance;
  }

  async start(spec: LabSpec, onStep: (step: LabStep) => void, signal: AbortSignal): Promise<LabEndpoint> {
    return await this.#exclusively(spec.id, signal, async (objects) => {
      await refuseOtherIsolation(this.#docker, objects.names, spec.isolation);
      this.#starting.add(spec.id);
      try {
        const around = { hostAddresses: hostAddresses(), peers: hostAddresses() };
        return await startLab(objects, spec, around, onStep, signal);
      } catch (error) {
        await objects.removeContainerAndNetwork(AbortSignal.timeout(CLEANUP_MS));
        throw error;
      } finally {
        this.#starting.delete(spec.id);
      }
    });
  }

  async stop(id: string, signal: AbortSignal): Promise<void> {
    await this.#exclusively(id, signal, (objects) => objects.stop(STOP_SECONDS, signal));
  }

  async remove(id: string, signal: AbortSignal): Promise<void> {
    await this.#exclusively(id, signal, async (objects) => {
      await objects.removeContainerAndNetwork(signal);
      await objects.removeHome(signal);
      await objects.removeEngine(signal);
    });
  }

  async removeEngine(id: string, signal: AbortSignal): Promise<void> {
    await this.#exclusively(id, signal, async (objects) => {
      await objects.removeContainerAndNetwork(signal);
      await objects.removeEngine(signal);
    });
  }

  async inspect(id: string): Promise<LabInspection | null> {
    return await this.#engine(async () => {
      const seen = await this.#objects(id).inspect();
      return seen === null ? null : this.#inspection(id, seen);
    });
  }

  async list(): Promise<LabInspection[]> {
    return await this.#engine(async () => {
      const found = await this.#docker.listContainers({ all: true, filters: labFilter(this.#instance) });
      const ids = found.map(({ Labels }) => Labels[LAB_LABEL] ?? '').filter((id) => labIdSchema.safeParse(id).success);
      const inspections = await Promise.all(ids.map((id) => this.inspect(id)));
      return inspections.filter((inspection) => inspection !== null);
    });
  }

  async usage(id: string): Promise<{ memoryBytes: number; memoryLimitBytes: number; diskBytes: number }> {
    return await this.#engine(async () => {
      const seen = await this.#objects(id).inspect();
      if (seen === null) throw noLab(id);
      return await measureUsage(this.#docker.getContainer(seen.Id));
    });
  }

  #inspection(id: string, seen: ContainerInspectInfo): LabInspection {
    return inspectionOf(id, seen, this.#starting.has(id));
  }

  #objects(id: string): LabObjects {
    return new LabObjects(this.#docker, objectNames(this.#instance, labIdSchema.parse(id)));
  }

  async #exclusively<T>(id: string, signal: AbortSignal, work: (objects: LabObjects) => Promise<T>): Promise<T> {
    return await this.#engine(() => this.#lock.run(id, signal, () => work(this.#objects(id))), signal);
  }

  /** What the caller aborted stays what it is; all other failures become errors for people. */
  async #engine<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    try {
      return await work();
    } catch (error) {
      signal?.throwIfAborted();
      throw toEscaleError(error);
    }
  }
}

function noLab(id: string): EscaleError {
  return new EscaleError('not-found', 'lab.unknown', {
    message: `Il n’y a pas de labo « ${id} » sur cette machine.`,
    hint: 'Lancez « escale lab list » pour voir ceux qui existent.',
  });
}
