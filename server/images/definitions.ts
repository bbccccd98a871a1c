/** Where an image came from: the public registry, or built here from packages. */
export type ImageOrigin = 'official' | 'built';

export interface PreparedImage {
  /** The name a learner writes, `python:3.11-slim`. */
  readonly name: string;
  readonly origin: ImageOrigin;
  readonly sizeBytes: number;
}

/** Prepares what labs are made of. All idempotent: what is there is kept; progress is one line of text. */
export interface LabImages {
  /** Reference of the lab image, built if it is missing. */
  labImage(progress: (line: string) => void, signal: AbortSignal): Promise<string>;
  /** Reference of the lab image if it is there already. */
  findLabImage(): Promise<string | null>;
  /** Starts the registry of this instance and fills it with the course's images; `name:port` on the host's engine. */
  registry(progress: (line: string) => void, signal: AbortSignal): Promise<string>;
  list(): Promise<PreparedImage[]>;
}
