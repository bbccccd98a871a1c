import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const lock: { packages: Record<string, Locked> } = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'));

/** Whether a package at `from` finds `name` by Node's rule: beside it, or further up. */
function found(from: string, name: string): boolean {
  for (let place = from; ; place = place.slice(0, Math.max(place.lastIndexOf('/node_modules/'), 0))) {
    if (`${place === '' ? '' : `${place}/`}node_modules/${name}` in lock.packages) return true;
    if (place === '') return false;
  }
}

it('contains the binaries of every platform, so that npm ci works on each', () => {
  const missing = Object.entries(lock.packages).flatMap(([path, { version, optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !found(path, name))
      .map((name) => `${name}, of ${path.replace(/^node_modules\//, '')}@${version}`),
  );
  expect(missing, 'npm left these out without a word: pin a version whose platform packages can all be had').toEqual([]);
});

it('names no registry host', () => {
  const hosts = Object.values(lock.packages).flatMap(({ resolved }) => (resolved?.startsWith('http') ? [resolved] : []));
  expect(hosts, 'npm wrote where it fetched from: set omit-lockfile-registry-resolved=true and lock again').toEqual([]);
});
