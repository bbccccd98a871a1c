import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import type { LabHost, LabHostFinder } from '../host/lab-host.ts';
import { SetupBoard } from './setup-board.ts';
import { singleFlight } from './single-flight.ts';

/** Between two looks for an engine that is not there, two looks at one that is, and before a step that failed is tried again. */
const ENGINE_ABSENT_MS = 2000;
const ENGINE_THERE_MS = 5000;
const RETRY_MS = 30_000;

/** Gets ready what labs are made of: each thing once, whoever asks for it first, shown on the board. */
export class Preparation {
  readonly board = new SetupBoard([
    { id: 'engine', title: 'Moteur Docker', blocksLab: true },
    { id: 'lab-image', title: 'Image du labo', blocksLab: true },
    { id: 'registry', title: 'Images du cours', blocksLab: true },
  ]);
  readonly labImage: (host: LabHost) => Promise<string>;
  readonly registry: (host: LabHost) => Promise<string>;
  #ready = false;
  readonly #hosts: LabHostFinder;
  readonly #log: FastifyBaseLogger;
  readonly #closing = new AbortController();

  constructor(hosts: LabHostFinder, log: FastifyBaseLogger) {
    const { signal } = this.#closing;
    this.#hosts = hosts;
    this.#log = log;
    this.labImage = singleFlight(({ images }) => this.board.run('lab-image', (progress) => images.labImage(progress, signal)));
    this.registry = singleFlight(({ images }) => this.board.run('registry', (progress) => images.registry(progress, signal)));
  }

  /** All that a lab needs is there, as far as we looked last. */
  get ready(): boolean {
    return this.#ready;
  }

  /** Until `close`: waits for an engine, prepares everything on it, calls `onReady`; and all over when the engine goes and comes back. */
  async run(onReady: () => void): Promise<void> {
    while (!this.#closing.signal.aborted) {
      const host = await this.board.run('engine', () => this.#hosts.require()).catch(() => null);
      if (host === null) this.#ready = false;
      else if (!this.#ready) await this.#prepare(host, onReady);
      await this.#pause(host === null ? ENGINE_ABSENT_MS : this.#ready ? ENGINE_THERE_MS : RETRY_MS);
    }
  }

  close(): void {
    this.#closing.abort();
  }

  async #prepare(host: LabHost, onReady: () => void): Promise<void> {
    try {
      await this.labImage(host);
      await this.registry(host);
      this.#ready = true;
      onReady();
    } catch (error) {
      this.#log.warn({ err: error }, 'not prepared');
    }
  }

  #pause(ms: number): Promise<void> {
    return sleep(ms, undefined, { signal: this.#closing.signal }).catch(() => undefined);
  }
}
