/** What the image name of a FROM tells. */
export interface BaseImage {
  readonly name: string;
  readonly isPython: boolean;
  /** « slim », Alpine, and other bases without compilers. */
  readonly isSlim: boolean;
  /** No minor version of Python: one day, the same line gives another image. */
  readonly isFloating: boolean;
}

const SLIM = /slim|alpine|distroless|chainguard|cgr\.dev|minideb|wolfi/;

export function readBaseImage(base: string): BaseImage {
  const name = base.toLowerCase();
  return {
    name: base,
    isPython: name.includes('python'),
    isSlim: SLIM.test(name),
    isFloating: !/\d+\.\d+/.test(name) && !name.includes('@sha256:'),
  };
}
