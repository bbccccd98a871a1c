import type { FastifyBaseLogger } from 'fastify';
import type { HostFinder } from '../host/host-finder.ts';
import { pause } from '../host/pause.ts';
import { COURSE_IMAGES } from '../images/course/catalogue.ts';
import type { StoredImages } from '../labs/service/fill-engine-store.ts';
import type { LabHost } from '../labs/service/lab-host.ts';
import { CourseSupply } from './course-supply.ts';
import { SetupBoard } from './setup-board.ts';
import { singleFlight } from './single-flight.ts';

/** Intervals between checks for a missing engine and of an existing engine, and the delay before a failed step is retried. */
const ENGINE_ABSENT_MS = 2000;
const ENGINE_THERE_MS = 5000;
const RETRY_MS = 30_000;

export interface Materials {
  /** Reference of the lab image. */
  readonly image: string;
  /** The `name:port` of the registry on the engine. */
  readonly registry: string;
  /** The engine store that a new lab begins with; null: none is complete yet, or labs cannot share one. */
  readonly engineStore: string | null;
}

/** The engine store that holds the course's images; both resolve to null where labs cannot have one. */
export interface EngineStoreSource {
  find(host: LabHost, labImage: string): Promise<string | null>;
  fill(
    host: LabHost,
    materials: Materials,
    which: StoredImages,
    progress: (line: string) => void,
    signal: AbortSignal,
  ): Promise<string | null>;
}

/**
 * Prepares what labs need, then, in the background, the course's images. Each thing is prepared once, whoever requests it first, and shown
 * on the board.
 */
export class Preparation {
  readonly board = new SetupBoard([
    { id: 'engine', title: 'Moteur Docker', blocksLab: true },
    { id: 'lab-image', title: 'Image du labo', blocksLab: true },
    { id: 'registry', title: 'Registre des images du cours', blocksLab: true },
    ...COURSE_IMAGES.map(({ names: [name] }) => ({ id: `image ${name}`, title: name, blocksLab: false })),
    { id: 'engine-store', title: 'Images du cours dans chaque nouveau labo', blocksLab: false },
  ]);
  readonly #supply: CourseSupply;
  readonly #prepare: (host: LabHost) => Promise<Materials>;
  #materials: Materials | null = null;
  /** Whether this process lives long enough to fill an engine store. */
  #serving = false;
  readonly #hosts: Pick<HostFinder<LabHost>, 'require'>;
  readonly #log: FastifyBaseLogger;
  readonly #stores: EngineStoreSource;
  readonly #closing = new AbortController();

  constructor(hosts: Pick<HostFinder<LabHost>, 'require'>, log: FastifyBaseLogger, stores: EngineStoreSource) {
    const { signal } = this.#closing;
    this.#hosts = hosts;
    this.#log = log;
    this.#stores = stores;
    this.#supply = new CourseSupply(this.board, log, signal);
    this.#prepare = singleFlight(async (host) => {
      const { images } = host;
      const image = await this.board.run('lab-image', (progress) => images.labImage(progress, signal));
      const registry = await this.board.run('registry', (progress) => images.registry(progress, signal));
      const materials = { image, registry, engineStore: await this.#findStore(host, image) };
      this.#supply.begin(images, (which) => this.#fillStore(host, materials, which));
      return materials;
    });
  }

  /** Whether everything that a lab needs was there at the last check. */
  get ready(): boolean {
    return this.#materials !== null;
  }

  /** What a lab needs; prepares it first if necessary. */
  async materials(host: LabHost): Promise<Materials> {
    this.#materials ??= await this.#prepare(host);
    return this.#materials;
  }

  /**
   * Resolves once the images of the first part are available or have failed. They are made in the background from the first start of a lab
   * on.
   */
  supplied(): Promise<void> {
    return this.#supply.needed();
  }

  /** Call when a lab did not start: what was prepared may have been removed, so it is checked again. */
  doubt(): void {
    this.#materials = null;
  }

  /**
   * Until `close`: waits for an engine, prepares everything on it, and calls `onReady`. Starts over when the engine disappears and returns.
   */
  async run(onReady: () => void): Promise<void> {
    this.#serving = true;
    while (!this.#closing.signal.aborted) {
      const host = await this.board.run('engine', () => this.#hosts.require()).catch(() => null);
      if (host === null) this.#materials = null;
      else if (this.ready) this.#supply.retry();
      else if (await this.#succeeds(host)) onReady();
      await pause(host === null ? ENGINE_ABSENT_MS : this.ready ? ENGINE_THERE_MS : RETRY_MS, this.#closing.signal);
    }
    await this.#supply.ended();
  }

  close(): void {
    this.#closing.abort();
  }

  /** Closes, and resolves once no work is running. */
  async end(): Promise<void> {
    this.close();
    await this.#supply.ended();
  }

  /** A lab does not need it. */
  async #findStore(host: LabHost, labImage: string): Promise<string | null> {
    try {
      return await this.#stores.find(host, labImage);
    } catch (error) {
      this.#log.warn({ err: error }, 'engine store not found');
      return null;
    }
  }

  /** Labs that are made from now on begin with it. */
  async #fillStore(host: LabHost, materials: Materials, which: StoredImages): Promise<void> {
    if (!this.#serving) return;
    const engineStore = await this.board.run('engine-store', (progress) =>
      this.#stores.fill(host, materials, which, progress, this.#closing.signal),
    );
    if (this.#materials?.image === materials.image) this.#materials = { ...this.#materials, engineStore };
  }

  async #succeeds(host: LabHost): Promise<boolean> {
    try {
      await this.materials(host);
      return true;
    } catch (error) {
      this.#log.warn({ err: error }, 'not prepared');
      return false;
    }
  }
}
