import { isIPv4 } from 'node:net';
import { PassThrough, type Readable } from 'node:stream';
import type Docker from 'dockerode';
import type { ContainerInspectInfo } from 'dockerode';
import { EscaleError } from '../../errors/escale-error.ts';
import { isAbsent, isConflict, orAbsent } from '../../host/engine-errors.ts';
import { within } from '../../host/within.ts';
import { containerRecipe } from './container-recipe.ts';
import type { LabSpec } from './definitions.ts';
import { hostAddresses } from './host-addresses.ts';
import { labSubnets } from './lab-subnets.ts';
import { belongsTo, ENGINE_STORE_LABEL, ISOLATION_LABEL, isEngineStore, type ObjectNames, RECIPE_LABEL } from './object-names.ts';

const QUICK_MS = 15_000;
const SLOW_MS = 60_000;

type Labels = Readonly<Record<string, string>>;

/** The engine's objects of one lab: container, network, volumes. Makes what is missing, takes away what is there, touches nothing that is not ours. */
export class LabObjects {
  readonly #docker: Docker;
  readonly names: ObjectNames;

  constructor(docker: Docker, names: ObjectNames) {
    this.#docker = docker;
    this.names = names;
  }

  /** The container as the engine sees it; null where there is none of ours. */
  async inspect(): Promise<ContainerInspectInfo | null> {
    const seen = await orAbsent(this.#container().inspect());
    return seen !== null && belongsTo(this.names, seen.Config.Labels) ? seen : null;
  }

  async make(spec: LabSpec, signal: AbortSignal): Promise<void> {
    const image = await within(QUICK_MS, 'la recherche de l’image du labo', signal, orAbsent(this.#docker.getImage(spec.image).inspect()));
    if (image === null) throw noImage(spec.image);
    const isolation = { [ISOLATION_LABEL]: spec.isolation };
    const [engineStore] = await Promise.all([
      this.#makeEngine(spec, isolation, signal),
      this.#makeVolume(this.names.home, isolation, signal),
      this.#makeNetwork(signal),
    ]);
    await Promise.all([this.#connectRegistry(spec, signal), this.#makeContainer(spec, image.Id, engineStore, signal)]);
  }

  async writeSettings(archive: Readable, path: string, signal: AbortSignal): Promise<void> {
    await within(QUICK_MS, 'l’écriture des réglages du labo', signal, this.#container().putArchive(archive, { path }));
  }

  /** Passes on what the container writes from now on, until it ends; the answer stops that. */
  async follow(onChunk: (chunk: Buffer) => void, onEnd: () => void, signal: AbortSignal): Promise<() => void> {
    const attach = this.#container().attach({ stream: true, stdout: true, stderr: true });
    const frames = await within(QUICK_MS, 'la lecture du labo', signal, attach);
    const lines = new PassThrough().on('data', onChunk);
    this.#docker.modem.demuxStream(frames, lines, lines);
    frames.on('end', onEnd).on('error', onEnd);
    return () => {
      frames
        .off('end', onEnd)
        .off('error', onEnd)
        .on('error', () => undefined);
      close(frames);
    };
  }

  async start(signal: AbortSignal): Promise<void> {
    await within(SLOW_MS, 'le démarrage du conteneur', signal, this.#container().start());
  }

  /** The container is made anew by the next `make`; the volumes stay. */
  async removeContainerAndNetwork(signal: AbortSignal): Promise<void> {
    await this.#remove(
      'la suppression du conteneur',
      () => this.#container().remove({ force: true }),
      signal,
      (await this.inspect()) !== null,
    );
    const network = this.#docker.getNetwork(this.names.network);
    const seen = await orAbsent(network.inspect());
    if (seen === null || !belongsTo(this.names, seen.Labels)) return;
    for (const Container of Object.keys(seen.Containers ?? {})) {
      await within(QUICK_MS, 'la déconnexion du réseau', signal, orAbsent(network.disconnect({ Container, Force: true })));
    }
    await this.#remove('la suppression du réseau', () => network.remove(), signal, true);
  }

  async removeHome(signal: AbortSignal): Promise<void> {
    await this.#removeVolume(this.names.home, signal);
  }

  async removeEngine(signal: AbortSignal): Promise<void> {
    await this.#removeVolume(this.names.engine, signal);
  }

  /** Resolves also where the container is stopped or gone already. */
  async stop(seconds: number, signal: AbortSignal): Promise<void> {
    if ((await this.inspect()) === null) return;
    const stopped = this.#container()
      .stop({ t: seconds })
      .catch((error: unknown) => {
        if (!isAbsent(error) && !/is not running|already stopped|304/.test(String(error))) throw error;
      });
    await within(seconds * 1000 + SLOW_MS, 'l’arrêt du conteneur', signal, stopped);
  }

  #container() {
    return this.#docker.getContainer(this.names.container);
  }

  async #makeNetwork(signal: AbortSignal): Promise<void> {
    const seen = await orAbsent(this.#docker.getNetwork(this.names.network).inspect());
    if (seen !== null) return;
    await within(SLOW_MS, 'la création du réseau', signal, this.#createNetwork().catch(ignoreConflict));
  }

  /** The engine's own pools give some thirty networks. */
  async #createNetwork(): Promise<void> {
    const recipe = {
      Name: this.names.network,
      CheckDuplicate: true,
      Driver: 'bridge',
      EnableIPv6: false,
      Labels: { ...this.names.labels },
    };
    try {
      await this.#docker.createNetwork(recipe);
    } catch (error) {
      if (!noSubnetLeft(error)) throw error;
      for (const Subnet of labSubnets([...hostAddresses(), ...(await this.#subnets())])) {
        const made = this.#docker.createNetwork({ ...recipe, IPAM: { Driver: 'default', Config: [{ Subnet }] } });
        const taken = await made.then(() => false).catch((refused: unknown) => overlaps(refused) || Promise.reject(refused));
        if (!taken) return;
      }
      throw error;
    }
  }

  /** Of all networks of the engine. */
  async #subnets(): Promise<string[]> {
    const networks = await this.#docker.listNetworks();
    const all = networks.flatMap(({ IPAM }) => (IPAM?.Config ?? []).map(({ Subnet }) => Subnet));
    return all.filter((subnet): subnet is string => subnet !== undefined && isIPv4(subnet.split('/', 1)[0] ?? ''));
  }

  /** Makes the volume of the engine's data. Returns the engine store that it was made from, if that is still there. */
  async #makeEngine(spec: LabSpec, isolation: Labels, signal: AbortSignal): Promise<string | null> {
    const name = this.names.engine;
    const seen = await within(QUICK_MS, 'la recherche d’un volume', signal, orAbsent(this.#docker.getVolume(name).inspect()));
    const store = seen === null ? (spec.engineStore ?? null) : (seen.Labels?.[ENGINE_STORE_LABEL] ?? null);
    const there =
      store === null ? null : await within(QUICK_MS, 'la recherche d’un volume', signal, orAbsent(this.#docker.getVolume(store).inspect()));
    const found = isEngineStore(there) ? store : null;
    if (seen === null) await this.#makeVolume(name, { ...isolation, ...(found === null ? {} : { [ENGINE_STORE_LABEL]: found }) }, signal);
    return found;
  }

  async #makeVolume(Name: string, labels: Labels, signal: AbortSignal): Promise<void> {
    const Labels = { ...this.names.labels, ...labels };
    await within(QUICK_MS, 'la création d’un volume', signal, this.#docker.createVolume({ Name, Labels }));
  }

  async #makeContainer(spec: LabSpec, imageId: string, engineStore: string | null, signal: AbortSignal): Promise<void> {
    const recipe = containerRecipe(spec, this.names, imageId, engineStore);
    const seen = await this.inspect();
    if (seen !== null && seen.Config.Labels[RECIPE_LABEL] === recipe.Labels?.[RECIPE_LABEL]) return;
    if (seen !== null) await within(SLOW_MS, 'la suppression du conteneur', signal, orAbsent(this.#container().remove({ force: true })));
    await within(SLOW_MS, 'la création du conteneur', signal, this.#docker.createContainer(recipe));
  }

  async #connectRegistry(spec: LabSpec, signal: AbortSignal): Promise<void> {
    const Container = spec.registry?.split(':', 1)[0];
    if (Container === undefined) return;
    const connect = this.#docker.getNetwork(this.names.network).connect({ Container });
    const tolerant = connect.catch((error: unknown) => {
      if (isAbsent(error)) throw noRegistry(Container);
      if (!/already exists in network/.test(String(error))) throw error;
    });
    await within(QUICK_MS, 'la connexion du registre', signal, tolerant);
  }

  async #removeVolume(name: string, signal: AbortSignal): Promise<void> {
    const volume = this.#docker.getVolume(name);
    const seen = await orAbsent(volume.inspect());
    await this.#remove('la suppression d’un volume', () => volume.remove(), signal, seen !== null && belongsTo(this.names, seen.Labels));
  }

  async #remove(what: string, remove: () => Promise<unknown>, signal: AbortSignal, present: boolean): Promise<void> {
    if (present) await within(SLOW_MS, what, signal, orAbsent(remove().catch(ignoreConflict)));
  }
}

/** The engine's streams are sockets or answers; the types know neither. */
function close(stream: NodeJS.ReadWriteStream): void {
  if ('destroy' in stream && typeof stream.destroy === 'function') stream.destroy();
}

/** Engines say it in one of these ways. */
function noSubnetLeft(error: unknown): boolean {
  return /non-overlapping IPv4 address pool|predefined address pools have been fully subnetted/.test(String(error));
}

/** A network of this subnet has been made meanwhile. */
function overlaps(error: unknown): boolean {
  return /overlaps with other one/.test(String(error));
}

/** Somebody else makes or removes the same object at this moment. */
function ignoreConflict(error: unknown): void {
  if (!isConflict(error)) throw error;
}

function noImage(reference: string): EscaleError {
  return new EscaleError('unavailable', 'lab.image', {
    message: `L’image du labo (${reference}) n’est pas sur le moteur Docker de la machine.`,
    hint: 'Lancez « escale images build », ou redémarrez le serveur : il la prépare.',
  });
}

function noRegistry(container: string): EscaleError {
  return new EscaleError('unavailable', 'lab.registry', {
    message: `Le registre d’images d’Escale (${container}) n’est pas sur le moteur Docker de la machine.`,
    hint: 'Redémarrez le serveur : il relance le registre.',
  });
}
