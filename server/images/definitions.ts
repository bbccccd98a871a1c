/** The origin of an image: the public registry, or built here from packages. */
export type ImageOrigin = 'official' | 'built';

export interface PreparedImage {
  /** The name that a learner writes, `python:3.11-slim`. */
  readonly name: string;
  readonly origin: ImageOrigin;
  /** The size of a pull, or the size on the engine; 0 if unknown before a first pull. */
  readonly sizeBytes: number;
  /** Whether labs can pull it already. */
  readonly ready: boolean;
}

/** A name under which labs can pull an image now, and the digest of its manifest. */
export interface ServedImage {
  /** `python:3.11-slim`. */
  readonly name: string;
  readonly digest: string;
  /** No lesson of the first part needs it. */
  readonly later?: true;
}

/** Prepares the images for labs. All methods are idempotent: existing images are kept. Progress is reported in lines of text. */
export interface LabImages {
  /** The reference of the lab image; builds it if it is missing. */
  labImage(progress: (line: string) => void, signal: AbortSignal): Promise<string>;
  /** The reference of the lab image; null if it is missing. */
  findLabImage(): Promise<string | null>;
  /** Starts this instance's registry with its images; resolves to its `name:port` on the host's engine. */
  registry(progress: (line: string) => void, signal: AbortSignal): Promise<string>;
  /** Makes an image of the course available if it is missing. Afterwards labs can pull it under all its names. */
  courseImage(name: string, progress: (line: string) => void, signal: AbortSignal): Promise<void>;
  /** Whether the public registry answered when `registry` last checked. If not, labs need not contact it. */
  publicRegistry(): boolean;
  /** Stops this instance's registry; its images are kept. */
  stopRegistry(): Promise<void>;
  /** The images that labs begin with, as far as the registry serves them now, each under its first name; none of a registry that does not run. */
  served(): Promise<ServedImage[]>;
  /** The course's images, including those not available yet. */
  list(): Promise<PreparedImage[]>;
}
