import type { LabImages } from '../../images/definitions.ts';
import type { EngineStores, LabDriver } from '../driver/definitions.ts';

/** Everything that needs this machine's engine. */
export interface LabHost {
  readonly driver: LabDriver;
  readonly images: LabImages;
  readonly stores: EngineStores;
  /** The memory and processors of the engine's machine. */
  readonly memoryBytes: number;
  readonly cpus: number;
}
