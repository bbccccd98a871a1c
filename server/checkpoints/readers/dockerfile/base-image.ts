/** What a FROM says of its image. */
export interface BaseImage {
  readonly name: string;
  readonly isPython: boolean;
  /** « slim », alpine, and other bases that leave compilers out. */
  readonly isSlim: boolean;
  /** Without a minor version of Python the same line gives another image one day. */
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
