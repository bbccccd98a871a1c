import type { ImageFiles } from '../lab-engine/definitions.ts';
import type { LabView, Subject, TrialView } from './definitions.ts';

const TOOL_MS = 20_000;

/** One look: everything is read once, however many criteria ask for it. */
export function createView(subject: Subject, images: ImageFiles, signal: AbortSignal): LabView {
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
    network: subject.network,
    signal,
    once,
    now: () => once('clock', async () => subject.now()),
    file: (path) => once(`file:${path}`, () => subject.project.read(path)),
    entries,
    rootNames: async () => (await entries()).map(({ path }) => path).filter((path) => !path.includes('/')),
    tool: (argv) => once(`tool:${JSON.stringify(argv)}`, () => subject.project.run(argv, { timeoutMs: TOOL_MS })),
  };
}

/** What an act works with: a view of its own, since what it reads changes while it acts. */
export function createTrialView(subject: Subject, { images, signal }: LabView, trial: string): TrialView {
  return {
    ...createView(subject, images, signal),
    trial,
    run: (argv, options) => subject.project.run(argv, options),
    environment: subject.environment,
  };
}
