import type { LabImages } from '../../images/definitions.ts';
import type { LabDriver } from '../driver/definitions.ts';

/** All that needs the engine of this machine. */
export interface LabHost {
  readonly driver: LabDriver;
  readonly images: LabImages;
  /** What the engine's machine has. */
  readonly memoryBytes: number;
  readonly cpus: number;
}
