import type Docker from 'dockerode';
import { EscaleError } from '../../errors/escale-error.ts';
import { contentHash } from '../build/build-context.ts';
import { type EngineImages, inspectOrNull } from '../build/engine-images.ts';
import { readEngineProgress } from '../build/engine-progress.ts';
import type { AptSettings } from '../host/apt-settings.ts';
import { BOOTSTRAP_VERSION, bootstrapDebian, canBootstrap, type Suite } from './bootstrap-debian.ts';
import type { PublicRegistry } from './public-registry.ts';

export interface DebianImageContext {
  readonly docker: Docker;
  readonly images: EngineImages;
  readonly registry: PublicRegistry;
  readonly apt: AptSettings | null;
  readonly mayInstall: boolean;
}

/**
 * The reference of a slim Debian on the engine: the official image, if it is there or can be pulled; otherwise an image built here from
 * packages, under a name of our own. Never replaces an image that has the official name.
 */
export async function debianImage(
  { docker, images, registry, apt, mayInstall }: DebianImageContext,
  suite: Suite,
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<string> {
  const official = `debian:${suite}-slim`;
  const built = `escale/base-${suite}:${contentHash([], [BOOTSTRAP_VERSION, suite, JSON.stringify(apt)])}`;
  if (await images.has(built)) return built;
  const present = await inspectOrNull(docker, official);
  if (present && present.RepoDigests.length > 0) return official;
  if (present === null && (await registry.reachable(signal))) {
    progress(`${official} : téléchargement`);
    if (await pulled(docker, official, progress, signal)) return official;
  }
  if (!(await canBootstrap(mayInstall))) {
    if (present) return official;
    throw new EscaleError('unavailable', 'images.no-base', {
      message: `L'image ${official} est introuvable : le registre public ne la donne pas, et cette machine ne peut pas la construire (il faut Debian ou Ubuntu, en root).`,
      hint: "Rétablissez l'accès à Internet, ou chargez cette image avec « docker load », puis relancez.",
    });
  }
  progress(`Debian ${suite} : construction à partir des paquets (le registre public ne donne pas ${official})`);
  await bootstrapDebian({ suite, apt, images, tag: built }, progress, signal);
  return built;
}

/** Returns false, with a message, when the registry replies and then refuses, as it does above a number of pulls per hour. */
async function pulled(docker: Docker, reference: string, progress: (line: string) => void, signal: AbortSignal): Promise<boolean> {
  try {
    await readEngineProgress(await docker.pull(reference, { abortSignal: signal }), `Téléchargement de ${reference}`);
    return true;
  } catch (error) {
    signal.throwIfAborted();
    progress(`${reference} : téléchargement refusé (${error instanceof Error ? error.message.slice(0, 200) : String(error)})`);
    return false;
  }
}
