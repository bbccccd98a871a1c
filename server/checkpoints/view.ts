import type { ImageFiles } from '../lab-engine/definitions.ts';
import type { LabView, Subject } from './definitions.ts';

const TOOL_MS = 20_000;

/** One look: everything is read once, however many criteria ask for it. */
export function createView(subject: Subject, images: ImageFiles): LabView {
  const known = new Map<string, unknown>();
  const once = <T>(key: string, read: () => Promise<T>): Promise<T> => {
    if (!known.has(key)) known.set(key, read());
    // What `read` gave under this key: a key belongs to one probe.
    return known.get(key) as Promise<T>;
  };
  const entries = () => once('entries', () => subject.project.entries());
  return {
    engine: subject.engine,
    images,
    ground: subject.ground,
    once,
    trial: '',
    file: (path) => once(`file:${path}`, () => subject.project.read(path)),
    entries,
    rootNames: async () => (await entries()).map(({ path }) => path).filter((path) => !path.includes('/')),
    run: (argv, options) => subject.project.run(argv, options),
    tool: (argv) => once(`tool:${JSON.stringify(argv)}`, () => subject.project.run(argv, { timeoutMs: TOOL_MS })),
  };
}
