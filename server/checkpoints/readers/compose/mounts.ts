import { posix } from 'node:path';
import type { ComposeMount } from './model.ts';

/** Whether a path is the folder or inside it. */
export function isUnder(path: string, folder: string): boolean {
  const relative = posix.relative(folder, path);
  return !relative.startsWith('..') && !posix.isAbsolute(relative);
}

/** The mount that contains a path of the container: the deepest one. */
export function mountOn(mounts: readonly ComposeMount[], path: string): ComposeMount | null {
  const over = mounts.filter(({ target }) => isUnder(path, target));
  return over.reduce<ComposeMount | null>(
    (deepest, mount) => (deepest && deepest.target.length >= mount.target.length ? deepest : mount),
    null,
  );
}

/** The paths in the container at which binds show a folder of the lab, or a part of it. */
export function seenInside(mounts: readonly ComposeMount[], folder: string): { mount: ComposeMount; path: string }[] {
  return mounts
    .filter(({ type }) => type === 'bind')
    .flatMap((mount) => {
      if (isUnder(folder, mount.source)) return [{ mount, path: posix.join(mount.target, posix.relative(mount.source, folder)) }];
      return isUnder(mount.source, folder) ? [{ mount, path: mount.target }] : [];
    });
}
