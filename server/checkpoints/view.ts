import type { ImageFiles } from '../lab-engine/definitions.ts';
import type { LabView, Subject, TrialView } from './definitions.ts';

/** A busy machine may take long to start a program. */
const TOOL_MS = 60_000;

/** The view of one look: each question is asked once, however many criteria need the answer. */
export function createView(subject: Subject, images: ImageFiles, signal: AbortSignal): LabView {
  const known = new Map<string, unknown>();
  const once = <T>(key: string, read: () => Promise<T>): Promise<T> => {
    if (!known.has(key)) known.set(key, read());
    // A key belongs to one reader, so its value has that reader's type.
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
    terminals: () => once('terminals', async () => (await subject.project.terminals?.()) ?? []),
    tool: (argv) => once(`tool:${JSON.stringify(argv)}`, () => subject.project.run(argv, { timeoutMs: TOOL_MS })),
  };
}

/** The view of an act. It shares no answers with the look, because what it reads changes while it acts. */
export function createTrialView(subject: Subject, { images, signal }: LabView, trial: string): TrialView {
  return {
    ...createView(subject, images, signal),
    trial,
    run: (argv, options) => subject.project.run(argv, options),
    environment: subject.environment,
  };
}
