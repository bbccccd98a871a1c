/** An image the course uses: how labs name it, and what it is built from where the public registry does not answer. */
export interface CourseImage {
  /** All its names; the first is the one the lessons write. */
  readonly names: readonly [string, ...string[]];
  /** Folder of its Dockerfile in `lab-stack/images`. */
  readonly folder: string;
  /** The folder of the image it stands on, or null: Debian itself. */
  readonly base: string | null;
}

/** In the order they are built: an image comes after its base. */
export const COURSE_IMAGES: readonly CourseImage[] = [
  { names: ['debian:bookworm-slim'], folder: 'debian', base: null },
  { names: ['python:3.11-slim', 'python:3.11-slim-bookworm'], folder: 'python', base: 'debian' },
  { names: ['postgres:15-alpine', 'postgres:15', 'postgres:15-bookworm'], folder: 'postgres', base: 'debian' },
];
