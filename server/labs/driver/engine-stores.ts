import { createHash, randomBytes } from 'node:crypto';
import Docker from 'dockerode';
import { z } from 'zod';
import { EscaleError } from '../../errors/escale-error.ts';
import { orAbsent } from '../../host/engine-errors.ts';
import { IMAGE_LABEL, LAB_BASE_LABEL } from '../../images/build/engine-images.ts';
import { readEngineProgress } from '../../images/build/engine-progress.ts';
import { removed } from '../../images/build/sweep-generations.ts';
import type { ServedImage } from '../../images/definitions.ts';
import type { LabAgent } from '../agents/definitions.ts';
import { createLabAgent } from '../agents/http-lab-agent.ts';
import type { EngineStores, LabSpec } from './definitions.ts';
import { hostAddresses } from './host-addresses.ts';
import { LabObjects } from './lab-objects.ts';
import { startLab } from './lab-start.ts';
import { ENGINE_STORE_LABEL, fillerNames, isEngineStore, STORE_ROLE } from './object-names.ts';

/** Increase it when what a store holds, or how a lab uses it, changes. */
const STORE_VERSION = 1;
const PULL_MS = 20 * 60_000;
const PACK_MS = 5 * 60_000;
const CLEANUP_MS = 60_000;
/** Exit status of `pack` where the engine keeps images in another form. */
const CANNOT_SHARE = 3;
/** In place of a store's name: labs of this machine cannot share one. */
const NONE = 'none';
/** A store that another instance is filling is younger. */
const FILLING_MS = 3600_000;
const OLD_MS = 24 * 3600_000;

const volumesSchema = z.array(
  z.object({ Name: z.string(), CreatedAt: z.string().transform((text) => Date.parse(text)), Labels: z.record(z.string(), z.string()) }),
);

/**
 * Engine stores on one Docker Engine: volumes that its instances share. A volume cannot be renamed, so an empty second volume, named after
 * what the store holds, tells by its label which store is complete: whoever fills one twice at the same time, the first wins.
 */
export class LocalEngineStores implements EngineStores {
  readonly #docker: Docker;
  readonly #instance: string;

  /** `instance`: the absolute path of the state folder. */
  constructor(docker: Docker, instance: string) {
    this.#docker = docker;
    this.#instance = instance;
  }

  async find(images: readonly ServedImage[], spec: Pick<LabSpec, 'image' | 'isolation'>): Promise<string | null> {
    return await this.#there(await this.#told(await this.#signName(images, spec)));
  }

  async prepare(
    images: readonly ServedImage[],
    spec: LabSpec,
    progress: (line: string) => void,
    signal: AbortSignal,
  ): Promise<string | null> {
    const sign = await this.#signName(images, spec);
    const told = await this.#told(sign);
    const found = await this.#there(told);
    if (found !== null || told === NONE) return found;
    const store = `${sign}-${randomBytes(3).toString('hex')}`;
    const objects = new LabObjects(this.#docker, fillerNames(this.#instance, store));
    await objects.removeContainerAndNetwork(signal);
    await this.#docker.createVolume({ Name: store, Labels: { [IMAGE_LABEL]: STORE_ROLE } });
    try {
      if (await this.#fill(objects, images, spec, progress, signal)) return await this.#complete(sign, store);
      await this.#tell(sign, NONE);
      await this.#removeVolume(store);
      return null;
    } catch (error) {
      await this.#removeVolume(store);
      throw error;
    }
  }

  async sweep(keep: string | null): Promise<string[]> {
    const { Volumes } = await this.#docker.listVolumes({ filters: { label: [ENGINE_STORE_LABEL] } });
    const telling = volumesSchema.parse(Volumes ?? []).sort((a, b) => b.CreatedAt - a.CreatedAt);
    const signs = telling.filter(({ Labels }) => Labels[IMAGE_LABEL] === STORE_ROLE);
    const gone = signs.slice(1).filter(({ CreatedAt, Labels }) => CreatedAt < Date.now() - OLD_MS && Labels[ENGINE_STORE_LABEL] !== keep);
    for (const { Name } of gone) await this.#removeVolume(Name);
    const used = new Set(
      telling.filter(({ Name }) => !gone.some((sign) => sign.Name === Name)).map(({ Labels }) => Labels[ENGINE_STORE_LABEL]),
    );
    const { Volumes: all } = await this.#docker.listVolumes({ filters: { label: [`${IMAGE_LABEL}=${STORE_ROLE}`] } });
    const swept: string[] = [];
    for (const { Name, CreatedAt, Labels } of volumesSchema.parse(all ?? [])) {
      if (ENGINE_STORE_LABEL in Labels || used.has(Name) || CreatedAt > Date.now() - FILLING_MS) continue;
      if (await this.#removeVolume(Name)) swept.push(Name);
    }
    return swept;
  }

  /** Names the volume that tells which store holds these images for the engine in labs of this image and isolation. */
  async #signName(images: readonly ServedImage[], { image, isolation }: Pick<LabSpec, 'image' | 'isolation'>): Promise<string> {
    const seen = await orAbsent(this.#docker.getImage(image).inspect());
    const base = seen?.Config.Labels?.[LAB_BASE_LABEL] ?? image;
    const held = images.map(({ name, digest }) => `${name}@${digest}`).sort();
    const hash = createHash('sha256').update(JSON.stringify([STORE_VERSION, base, isolation, held]));
    return `escale-engine-${hash.digest('hex').slice(0, 16)}`;
  }

  /** Fills the store in a lab of its own, whose engine's data it is. False where labs cannot share it. */
  async #fill(
    objects: LabObjects,
    images: readonly ServedImage[],
    spec: LabSpec,
    progress: (line: string) => void,
    signal: AbortSignal,
  ): Promise<boolean> {
    try {
      const around = { hostAddresses: hostAddresses(), peers: hostAddresses() };
      const endpoint = await startLab(objects, spec, around, () => undefined, signal);
      const agent = createLabAgent({ url: endpoint.agentUrl, token: spec.agentToken });
      await agent.engine('start');
      const docker = new Docker({ protocol: 'http', ...agent.dockerOptions });
      for (const { name } of images) {
        progress(name);
        await pull(docker, name, signal);
      }
      progress('rangement');
      await agent.engine('stop');
      const packed = await pack(agent);
      await objects.stop(0, signal);
      return packed;
    } finally {
      const cleanup = AbortSignal.timeout(CLEANUP_MS);
      await objects.removeContainerAndNetwork(cleanup);
      await this.#removeVolume(objects.names.home);
    }
  }

  /** Tells that the store is complete, unless another one is by now; returns the one that labs use. */
  async #complete(sign: string, store: string): Promise<string> {
    await this.#tell(sign, store);
    const first = await this.#there(await this.#told(sign));
    if (first !== null) {
      if (first !== store) await this.#removeVolume(store);
      return first;
    }
    // The one that was complete has been removed behind our back.
    await this.#removeVolume(sign);
    return await this.#complete(sign, store);
  }

  /** What a sign tells: a store, or `NONE`; undefined where there is no sign. */
  async #told(sign: string): Promise<string | undefined> {
    return (await orAbsent(this.#docker.getVolume(sign).inspect()))?.Labels?.[ENGINE_STORE_LABEL];
  }

  /** Makes the sign, unless it is there already. */
  async #tell(sign: string, store: string): Promise<void> {
    await this.#docker.createVolume({ Name: sign, Labels: { [IMAGE_LABEL]: STORE_ROLE, [ENGINE_STORE_LABEL]: store } });
  }

  /** The store, if its volume is still there. */
  async #there(store: string | undefined): Promise<string | null> {
    if (store === undefined || store === NONE) return null;
    return isEngineStore(await orAbsent(this.#docker.getVolume(store).inspect())) ? store : null;
  }

  #removeVolume(name: string): Promise<boolean> {
    return removed(this.#docker.getVolume(name));
  }
}

async function pull(docker: Docker, name: string, signal: AbortSignal): Promise<void> {
  const abortSignal = AbortSignal.any([signal, AbortSignal.timeout(PULL_MS)]);
  await readEngineProgress(await docker.createImage({ fromImage: name, abortSignal }), `Préparation de ${name} pour les labos`);
}

async function pack(agent: LabAgent): Promise<boolean> {
  const argv = ['/opt/escale/lab/engine-store', 'pack'];
  const { code, stderr } = await agent.exec({ argv, user: 'root', cwd: '/', env: {}, timeoutMs: PACK_MS });
  if (code !== 0 && code !== CANNOT_SHARE) throw notFilled(stderr.trim());
  return code === 0;
}

function notFilled(why: string): EscaleError {
  return new EscaleError('unavailable', 'images.engine-store', {
    message: `Les images du cours n’ont pas pu être préparées pour les labos : ${why.slice(0, 500)}`,
    hint: 'Les labos les prennent au registre en attendant. Redémarrez le serveur pour réessayer.',
  });
}
