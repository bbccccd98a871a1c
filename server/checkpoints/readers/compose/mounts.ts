import { posix } from 'node:path';
import type { ComposeMount } from './model.ts';

/** Whether a path is a folder or lies in it. */
export function isUnder(path: string, folder: string): boolean {
  const relative = posix.relative(folder, path);
  return !relative.startsWith('..') && !posix.isAbsolute(relative);
}

/** The mount that a path of the container lies on: the deepest one wins. */
export function mountOn(mounts: readonly ComposeMount[], path: string): ComposeMount | null {
  const over = mounts.filter(({ target }) => isUnder(path, target));
  return over.reduce<ComposeMount | null>(
    (deepest, mount) => (deepest && deepest.target.length >= mount.target.length ? deepest : mount),
    null,
  );
}

/** Where a folder of the lab is seen inside, through each bind that brings it or a part of it. */
export function seenInside(mounts: readonly ComposeMount[], folder: string): { mount: ComposeMount; path: string }[] {
  return mounts
    .filter(({ type }) => type === 'bind')
    .flatMap((mount) => {
      if (isUnder(folder, mount.source)) return [{ mount, path: posix.join(mount.target, posix.relative(mount.source, folder)) }];
      return isUnder(mount.source, folder) ? [{ mount, path: mount.target }] : [];
    });
}
