/** An image the course uses: how labs name it, and what it is built from where the public registry does not answer. */
export interface CourseImage {
  /** All its names; the first is the one the lessons write. */
  readonly names: readonly [string, ...string[]];
  /** Folder of its Dockerfile in `lab-stack/images`. */
  readonly folder: string;
  /** The folder of the image it stands on, or null: Debian itself. */
  readonly base: string | null;
  /** No lesson of the first part builds on it: nobody waits for it. */
  readonly later?: true;
}

/** In the order they are made: what the first lessons need comes first, what takes long comes last. */
export const COURSE_IMAGES: readonly CourseImage[] = [
  { names: ['debian:bookworm-slim'], folder: 'debian', base: null },
  { names: ['python:3.11-slim', 'python:3.11-slim-bookworm'], folder: 'python', base: 'debian' },
  { names: ['postgres:15-alpine', 'postgres:15', 'postgres:15-bookworm'], folder: 'postgres', base: 'debian' },
  { names: ['busybox:latest', 'busybox:1'], folder: 'busybox', base: 'debian' },
  { names: ['alpine:latest', 'alpine:3'], folder: 'alpine', base: 'busybox' },
  { names: ['dpage/pgadmin4:latest', 'dpage/pgadmin4:9'], folder: 'pgadmin', base: 'python' },
  { names: ['python:3.11', 'python:3.11-bookworm'], folder: 'python-full', base: 'python', later: true },
];

/** The image of the course that has this name. */
export function courseImage(name: string): CourseImage {
  const found = COURSE_IMAGES.find(({ names }) => names.includes(name));
  if (found === undefined) throw new Error(`no image of the course: ${name}`);
  return found;
}
