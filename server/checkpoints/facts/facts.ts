import { createHash } from 'node:crypto';
import type { ImageFiles, LabEngine } from '../../lab-engine/definitions.ts';
import type { Act } from '../act.ts';
import type { Subject } from '../definitions.ts';

/** The answers of one look, by question: `file Dockerfile`, `image etl:1.3`, `run ["pwd"]`. Values are plain JSON. */
export type Facts = Readonly<Record<string, unknown>>;

/** Increase it when an answer of `askedThrough` changes its form or meaning: every recording then becomes stale. */
export const ASKED_VERSION = 1;

/** Longer questions (a script, a query) are named by their beginning and a digest. */
const QUESTION_LENGTH = 160;

/** A reader's question, as written in a recording. Arguments are plain JSON. */
export function question(reader: string, ...args: readonly unknown[]): string {
  const whole = [reader, ...args.map((arg) => (typeof arg === 'string' ? arg : JSON.stringify(arg)))].join(' ');
  if (whole.length <= QUESTION_LENGTH) return whole;
  return `${whole.slice(0, QUESTION_LENGTH - 20)}… ${createHash('sha256').update(whole).digest('hex').slice(0, 16)}`;
}

/** The name under which the outcome of an act is recorded. */
export function actQuestion({ name, version }: Act<unknown>): string {
  return question('act', `${name}@${version}`);
}

/** The questions that a look asks its engine. Trials ask more; they are recorded by their outcome. */
export type Asked = Pick<LabEngine, 'images' | 'image' | 'containers' | 'container' | 'networks' | 'logs' | 'execIn'>;

/** The same subject, with every question of a look passed through `ask`. */
export function askedThrough(subject: Subject, ask: <T>(question: string, answer: () => Promise<T>) => Promise<T>): Subject {
  const { engine, network, project } = subject;
  const asked: Asked = {
    images: () => ask('images', () => engine.images()),
    image: (reference) => ask(question('image', reference), () => engine.image(reference)),
    containers: () => ask('containers', () => engine.containers()),
    container: (reference) => ask(question('container', reference), () => engine.container(reference)),
    networks: () => ask('networks', () => engine.networks()),
    logs: (container, options) => ask(question('logs', container, options), () => engine.logs(container, options)),
    execIn: (container, run) => ask(question('exec', container, run.argv), () => engine.execIn(container, run)),
  };
  return {
    ...subject,
    // The engine is a class instance: its methods are on the prototype.
    engine: Object.assign(Object.create(engine), asked, { openImages: () => imagesThrough(engine.openImages(), ask) }),
    network: {
      // Recordings are not secret: credentials stay out of the question.
      http: (at, request, signal) =>
        ask(question('http', at, { ...request, auth: request.auth !== undefined }), () => network.http(at, request, signal)),
      redis: (at, request, signal) => ask(question('redis', at, request.command), () => network.redis(at, request, signal)),
      mongo: (at, { auth, ...request }, signal) =>
        ask(question('mongo', at, { ...request, auth: auth !== undefined }), () =>
          network.mongo(at, auth === undefined ? request : { ...request, auth }, signal),
        ),
    },
    now: () => ask('clock', async () => subject.now()),
    project: {
      read: (path) => ask(question('file', path), () => project.read(path)),
      entries: () => ask('entries', () => project.entries()),
      run: (argv, options) => ask(question('run', argv), () => project.run(argv, options)),
    },
  };
}

type Ask = <T>(question: string, answer: () => Promise<T>) => Promise<T>;

function imagesThrough(files: ImageFiles & { close(): Promise<void> }, ask: Ask): ImageFiles & { close(): Promise<void> } {
  return {
    stat: (image, path) => ask(question('stat', image, path), () => files.stat(image, path)),
    text: (image, path) => ask(question('text', image, path), () => files.text(image, path)),
    firstFile: (image, folder) =>
      ask(question('first-file', image, folder), async () => withoutMirror(await files.firstFile(image, folder))),
    digest: (image, path, ignored) => ask(question('digest', image, path, ignored.source), () => files.digest(image, path, ignored)),
    layers: (image) => ask(question('layers', image), () => files.layers(image)),
    close: () => files.close(),
  };
}

/** apt names its lists after the mirror that they come from, which is the machine's own and is written nowhere. */
function withoutMirror(name: string | null): string | null {
  return name === null ? null : name.replace(/[^/]+_(?=[^/_]+$)/, '');
}
