import type { FastifyBaseLogger } from 'fastify';
import { COURSE_IMAGES, type CourseImage } from '../images/course/catalogue.ts';
import type { LabImages } from '../images/definitions.ts';
import type { SetupBoard } from './setup-board.ts';

/** Before images that failed are tried again. */
const RETRY_MS = 60_000;

const NEEDED = COURSE_IMAGES.filter(({ later }) => later === undefined);
const LATER = COURSE_IMAGES.filter(({ later }) => later);

type Images = Pick<LabImages, 'courseImage' | 'list'>;

/** Makes the course's images one after the other, a step of the board each: an image that fails keeps no other from being made. */
export class CourseSupply {
  readonly #board: SetupBoard;
  readonly #log: FastifyBaseLogger;
  readonly #signal: AbortSignal;
  #round: Promise<void> | null = null;
  #needed: Promise<void> = Promise.resolve();
  /** When the last round ended with an image missing, or null. */
  #failedAt: number | null = null;

  constructor(board: SetupBoard, log: FastifyBaseLogger, signal: AbortSignal) {
    this.#board = board;
    this.#log = log;
    this.#signal = signal;
  }

  /** Looks at each image and makes those that are missing; one round at a time. */
  begin(images: Images): void {
    if (this.#round !== null) return;
    this.#failedAt = null;
    this.#needed = this.#make(images, NEEDED);
    this.#round = this.#needed
      .then(() => this.#make(images, LATER))
      .finally(() => {
        this.#round = null;
      });
  }

  /** Another round where the last one left an image out, a while after it. */
  retry(images: Images): void {
    if (this.#failedAt !== null && performance.now() - this.#failedAt > RETRY_MS) this.begin(images);
  }

  /** Once the images of the first part are there or have failed. */
  async needed(): Promise<void> {
    await this.#needed;
  }

  /** Once nothing is being made. */
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

  async #show(images: Images): Promise<void> {
    try {
      this.#board.showImages((await images.list()).map(({ name, origin, ready }) => ({ name, origin, ready })));
    } catch (error) {
      this.#log.debug({ err: error }, 'images not listed');
    }
  }
}
