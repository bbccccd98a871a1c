/** Where an image came from: the public registry, or built here from packages. */
export type ImageOrigin = 'official' | 'built';

export interface PreparedImage {
  /** The name a learner writes, `python:3.11-slim`. */
  readonly name: string;
  readonly origin: ImageOrigin;
  /** What a pull transfers; on the engine, what it takes there; 0: not known before a first pull. */
  readonly sizeBytes: number;
  /** Labs can pull it; else it is still to be made. */
  readonly ready: boolean;
}

/** Prepares what labs are made of. All idempotent: what is there is kept; progress is one line of text. */
export interface LabImages {
  /** Reference of the lab image, built if it is missing. */
  labImage(progress: (line: string) => void, signal: AbortSignal): Promise<string>;
  /** Reference of the lab image if it is there already. */
  findLabImage(): Promise<string | null>;
  /** Starts the registry of this instance with what it holds; `name:port` on the host's engine. */
  registry(progress: (line: string) => void, signal: AbortSignal): Promise<string>;
  /** Makes an image of the course where it is missing; labs can pull it once this returns, under all its names. */
  courseImage(name: string, progress: (line: string) => void, signal: AbortSignal): Promise<void>;
  /** Whether the public registry answered when `registry` last looked; where it did not, a lab need not ask it. */
  publicRegistry(): boolean;
  /** Stops the registry of this instance; what it holds stays. */
  stopRegistry(): Promise<void>;
  /** The course's images, those still to be made included. */
  list(): Promise<PreparedImage[]>;
}
