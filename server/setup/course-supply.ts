import type { FastifyBaseLogger } from 'fastify';
import { COURSE_IMAGES, type CourseImage } from '../images/course/catalogue.ts';
import type { LabImages } from '../images/definitions.ts';
import type { StoredImages } from '../labs/service/fill-engine-store.ts';
import type { SetupBoard } from './setup-board.ts';

/** Delay before failed images are tried again. */
const RETRY_MS = 60_000;

const NEEDED = COURSE_IMAGES.filter(({ later }) => later === undefined);
const LATER = COURSE_IMAGES.filter(({ later }) => later);

type Stock = (which: StoredImages) => Promise<void>;
type Images = Pick<LabImages, 'courseImage' | 'list'>;

/** Makes the course's images one after the other, each as a step of the board. A failed image does not stop the others. */
export class CourseSupply {
  readonly #board: SetupBoard;
  readonly #log: FastifyBaseLogger;
  readonly #signal: AbortSignal;
  #round: Promise<void> | null = null;
  #needed: Promise<void> = Promise.resolve();
  #again: () => void = () => undefined;
  /** The time when the last round ended with something missing, or null. */
  #failedAt: number | null = null;

  constructor(board: SetupBoard, log: FastifyBaseLogger, signal: AbortSignal) {
    this.#board = board;
    this.#log = log;
    this.#signal = signal;
  }

  /**
   * Checks each image and makes the missing ones; calls `stock`, which may do something with them, once those of the first part are there,
   * and again once all are. One round at a time.
   */
  begin(images: Images, stock: Stock): void {
    if (this.#round !== null) return;
    this.#failedAt = null;
    this.#again = () => this.begin(images, stock);
    this.#needed = this.#make(images, NEEDED);
    this.#round = this.#needed
      .then(() => this.#stock(stock, 'first'))
      .then(() => this.#make(images, LATER))
      .then(() => this.#stock(stock, 'all'))
      .finally(() => {
        this.#round = null;
      });
  }

  /** Starts another round if the last one failed for an image, and enough time has passed. */
  retry(): void {
    if (this.#failedAt !== null && performance.now() - this.#failedAt > RETRY_MS) this.#again();
  }

  /** Resolves once the images of the first part are available or have failed. */
  async needed(): Promise<void> {
    await this.#needed;
  }

  /** Resolves once no round is running. */
  async ended(): Promise<void> {
    await this.#round;
  }

  async #make(images: Images, wanted: readonly CourseImage[]): Promise<void> {
    await this.#show(images);
    for (const { names } of wanted) {
      if (this.#signal.aborted) return;
      await this.#one(images, names[0]);
      await this.#show(images);
    }
  }

  async #one(images: Images, name: string): Promise<void> {
    try {
      await this.#board.run(`image ${name}`, (progress) => images.courseImage(name, progress, this.#signal));
    } catch (error) {
      this.#failedAt = performance.now();
      if (!this.#signal.aborted) this.#log.warn({ err: error, image: name }, 'course image not made');
    }
  }

  async #stock(stock: Stock, which: StoredImages): Promise<void> {
    if (this.#signal.aborted) return;
    try {
      await stock(which);
    } catch (error) {
      this.#failedAt = performance.now();
      if (!this.#signal.aborted) this.#log.warn({ err: error }, 'engine store not filled');
    }
  }

  async #show(images: Images): Promise<void> {
    try {
      this.#board.showImages((await images.list()).map(({ name, origin, ready }) => ({ name, origin, ready })));
    } catch (error) {
      this.#log.debug({ err: error }, 'images not listed');
    }
  }
}
