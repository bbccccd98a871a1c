import type Docker from 'dockerode';
import type { PublicRegistry } from './base/public-registry.ts';
import type { EngineImages } from './build/engine-images.ts';
import type { HostSettings } from './host/host-settings.ts';

/** What is needed to prepare any image. */
export interface ImageContext {
  readonly docker: Docker;
  readonly images: EngineImages;
  readonly registry: PublicRegistry;
  readonly repoRoot: string;
  /** Whether packages may be installed on this machine. */
  readonly mayInstall: boolean;
  readonly host: HostSettings;
}
