import type { ImageFiles, LabView, Subject } from './definitions.ts';

/** One look: everything is read once, however many criteria ask for it. */
export function createView(subject: Subject, images: ImageFiles): LabView {
  const known = new Map<string, unknown>();
  const once = <T>(key: string, read: () => Promise<T>): Promise<T> => {
    if (!known.has(key)) known.set(key, read());
    // What `read` gave under this key: a key belongs to one probe.
    return known.get(key) as Promise<T>;
  };
  return {
    engine: subject.engine,
    images,
    once,
    trial: '',
    file: (path) => once(`file:${path}`, () => subject.project.read(path)),
    rootNames: () => once('root-names', () => subject.project.rootNames()),
  };
}
