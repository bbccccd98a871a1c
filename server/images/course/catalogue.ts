/** An image that the course uses: its names in labs, and what it is built from if the public registry does not answer. */
export interface CourseImage {
  /** All its names; the lessons use the first one. */
  readonly names: readonly [string, ...string[]];
  /** Folder of its Dockerfile in `lab-stack/images`. */
  readonly folder: string;
  /** The folder of the image it is built on; null for Debian itself. */
  readonly base: string | null;
  /** The Debian in which its programs are compiled, if the one of its base has no compiler that is new enough. */
  readonly builder?: 'trixie';
  /** No lesson of the first part needs it, so nothing waits for it. */
  readonly later?: true;
  /** A lesson shows how it is pulled, so no lab begins with it. */
  readonly pulledInLesson?: true;
}

/** In build order: what the first lessons need comes first, slow builds come last. */
export const COURSE_IMAGES: readonly CourseImage[] = [
  { names: ['debian:bookworm-slim'], folder: 'debian', base: null },
  { names: ['python:3.11-slim', 'python:3.11-slim-bookworm'], folder: 'python', base: 'debian' },
  { names: ['postgres:15-alpine', 'postgres:15', 'postgres:15-bookworm'], folder: 'postgres', base: 'debian' },
  { names: ['busybox:latest', 'busybox:1'], folder: 'busybox', base: 'debian' },
  { names: ['alpine:latest', 'alpine:3'], folder: 'alpine', base: 'busybox', pulledInLesson: true },
  { names: ['dpage/pgadmin4:latest', 'dpage/pgadmin4:9'], folder: 'pgadmin', base: 'python' },
  { names: ['redis:7-alpine', 'redis:7'], folder: 'redis', base: 'debian', later: true },
  { names: ['mongo:7', 'mongo:7.0'], folder: 'mongo', base: 'debian', builder: 'trixie', later: true },
  { names: ['apache/airflow:2.7.3-python3.11'], folder: 'airflow', base: 'python', later: true },
  { names: ['python:3.11', 'python:3.11-bookworm'], folder: 'python-full', base: 'python', later: true },
];

/** The course's image with this name. */
export function courseImage(name: string): CourseImage {
  const found = COURSE_IMAGES.find(({ names }) => names.includes(name));
  if (found === undefined) throw new Error(`no image of the course: ${name}`);
  return found;
}
