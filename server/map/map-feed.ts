import type { FastifyBaseLogger } from 'fastify';
import { MAP_LOG_CHARS, type MapLogs, type StackMap } from '../../contract/stack-map.ts';
import type { LabView, Subject } from '../checkpoints/definitions.ts';
import { createMask } from '../checkpoints/mask.ts';
import { projectSecrets } from '../checkpoints/readers/compose/project-secrets.ts';
import { currentOf, serviceOf } from '../checkpoints/readers/container/stack.ts';
import { createView } from '../checkpoints/view.ts';
import { EscaleError } from '../errors/escale-error.ts';
import { pause } from '../host/pause.ts';
import type { LabStack } from '../lab-engine/definitions.ts';
import type { Lab } from '../labs/service/lab.ts';
import { buildMap, type Hidden } from './build-map.ts';
import type { Actual, Declared, TellMap } from './definitions.ts';
import { LoadMeter } from './load-meter.ts';
import { type Behind, type EngineState, ownContainers, readBehind, readEngine, sampleLoads } from './read-actual.ts';
import { readDeclared } from './read-declared.ts';

/** Between two readings, so that a burst of events costs few of them. The first event is answered at once. */
const REST_MS = 50;
/** Interval between samples: no event reports connections, listening ports or loads. */
const SAMPLE_MS = 4000;
/** Delay before reconnecting after the lab or its engine was lost. */
const AGAIN_MS = 1000;

/** A lab that answers. */
export interface MapSource {
  readonly subject: Subject;
  readonly stack: LabStack;
}

const UNREAD: Behind = { listening: null, connections: new Map(), outdated: new Set() };

export interface MapFeedOptions {
  readonly lab: Lab;
  /** Throws `lab.away` while the lab is not ready. */
  readonly source: () => MapSource;
  /** Calls back on every event of the lab's engine, until the signal aborts or the engine stops. */
  readonly events: (onEvent: () => void, signal: AbortSignal) => Promise<void>;
  readonly now: () => number;
  readonly log: FastifyBaseLogger;
}

/** What the files say, kept until one of them changes. */
interface Known {
  readonly source: MapSource;
  readonly view: LabView;
  readonly declared: Declared;
  readonly hidden: Hidden;
}

/** The map of a lab's stack, for the pages that show it. It only looks, never wakes the lab, and reads nothing while no page shows it. */
export class MapFeed {
  readonly #options: MapFeedOptions;
  readonly #pages = new Map<TellMap, string>();
  readonly #pids = new Map<string, number>();
  #meter = new LoadMeter();
  #loads: Actual['loads'] = new Map();
  #behind: Behind = UNREAD;
  #known: Promise<Known> | null = null;
  #map: StackMap = { state: 'away' };
  #stopping: AbortController | null = null;
  #reading = false;
  #again = false;

  constructor(options: MapFeedOptions) {
    this.#options = options;
    options.lab.on('change', () => {
      if (options.lab.status().state !== 'ready') this.#lost();
    });
  }

  join(tell: TellMap): void {
    if (this.#pages.has(tell)) return;
    this.#pages.set(tell, '');
    if (this.#stopping !== null) {
      this.#tell();
      return;
    }
    this.#stopping = new AbortController();
    void this.#follow(this.#stopping.signal);
    void this.#sample(this.#stopping.signal);
  }

  leave(tell: TellMap): void {
    this.#pages.delete(tell);
    if (this.#pages.size > 0) return;
    this.#stopping?.abort();
    this.#stopping = null;
    this.#known = null;
    this.#behind = UNREAD;
    this.#map = { state: 'away' };
  }

  /** Files have changed: what they declare is read anew. */
  projectChanged(): void {
    this.#known = null;
    this.#changed();
  }

  /** The last lines of a service's newest container, masked. */
  async logs(service: string): Promise<MapLogs> {
    // While no page shows the map, nothing reports changes of files.
    const { source, declared, hidden } = await (this.#stopping === null ? this.#learn() : this.#knowledge());
    const ours = ownContainers(await source.stack.containers(), declared);
    const container = currentOf(ours.filter((one) => serviceOf(one) === service));
    if (container === undefined)
      throw new EscaleError('not-found', 'map.no-container', {
        message: `Le service « ${service} » n’a pas de conteneur : il n’a donc pas de journal.`,
        hint: `« docker compose up -d ${service} » le crée et le démarre.`,
      });
    const text = hidden.mask(await source.subject.engine.logs(container.id, { maxBytes: MAP_LOG_CHARS }));
    return { service, container: container.name.slice(0, 200), text: text.slice(-MAP_LOG_CHARS) };
  }

  async #follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        if (this.#options.lab.status().state === 'ready') {
          this.#known = null;
          this.#changed();
          await this.#options.events(() => this.#changed(), signal);
        } else this.#tell();
      } catch (error) {
        this.#options.log.debug({ err: error }, 'engine events ended');
      }
      await pause(AGAIN_MS, signal);
    }
  }

  async #sample(signal: AbortSignal): Promise<void> {
    this.#meter = new LoadMeter();
    while (!signal.aborted) {
      try {
        if (this.#options.lab.status().state === 'ready') {
          const { source, declared } = await this.#knowledge();
          const ours = ownContainers(await source.stack.containers(), declared);
          this.#loads = this.#meter.loads(await sampleLoads(source.stack, ours));
          this.#changed();
        }
      } catch (error) {
        this.#options.log.debug({ err: error }, 'loads not sampled');
      }
      await pause(SAMPLE_MS, signal);
    }
  }

  /** Reads once more; changes during a reading cause one reading after it. */
  #changed(): void {
    this.#again = true;
    const signal = this.#stopping?.signal;
    if (this.#reading || signal === undefined) return;
    this.#reading = true;
    void this.#readWhileChanged(signal).finally(() => {
      this.#reading = false;
      if (this.#again && this.#stopping !== null) this.#changed();
    });
  }

  async #readWhileChanged(signal: AbortSignal): Promise<void> {
    while (this.#again && !signal.aborted) {
      this.#again = false;
      await this.#read();
      await pause(REST_MS, signal);
    }
  }

  /** Tells what the engine says as soon as it is known, and then what takes longer. */
  async #read(): Promise<void> {
    try {
      const known = await this.#knowledge();
      const engine = await readEngine(known.source.stack);
      this.#draw(known, engine);
      this.#behind = await readBehind(known.source.stack, known.view, ownContainers(engine.containers, known.declared), this.#pids);
      this.#draw(known, engine);
    } catch (error) {
      this.#options.log.debug({ err: error }, 'map not read');
      this.#lost();
    }
  }

  #draw({ declared, hidden }: Known, engine: EngineState): void {
    if (this.#stopping === null) return;
    this.#map = buildMap(declared, { ...engine, ...this.#behind, loads: this.#loads, nowMs: this.#options.now() }, hidden);
    this.#tell();
  }

  #lost(): void {
    this.#known = null;
    this.#behind = UNREAD;
    this.#map = { state: 'away' };
    this.#tell();
  }

  #knowledge(): Promise<Known> {
    if (this.#known !== null) return this.#known;
    const learning = this.#learn();
    this.#known = learning;
    learning.catch(() => {
      if (this.#known === learning) this.#known = null;
    });
    return learning;
  }

  async #learn(): Promise<Known> {
    const source = this.#options.source();
    const { subject } = source;
    const view = createView(subject, subject.engine.openImages(), this.#stopping?.signal ?? new AbortController().signal);
    const [declared, secrets] = await Promise.all([readDeclared(view), projectSecrets(view)]);
    return { source, view, declared, hidden: { secrets, mask: createMask(secrets) } };
  }

  #tell(): void {
    const text = JSON.stringify(this.#map);
    for (const [tell, told] of this.#pages) {
      if (told === text) continue;
      this.#pages.set(tell, text);
      tell(this.#map);
    }
  }
}
