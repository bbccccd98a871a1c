import type Docker from 'dockerode';
import tar from 'tar-stream';
import { z } from 'zod';
import { archiveDigest } from './archive-digest.ts';
import { ask } from './ask.ts';
import type { ImageFiles, PathStat } from './definitions.ts';
import { cut } from './demultiplex.ts';
import { remove } from './remove-labelled.ts';

/** Label of the containers that are created, but never started, to read an image. */
export const LOOK_LABEL = 'escale.look';

const TEXT_BYTES = 256 * 1024;
/** Maximum number of entries that are read from a folder's archive to find a file. */
const ENTRIES = 2000;
const CACHE_ENTRIES = 5000;
const layersSchema = z.object({ RootFS: z.object({ Layers: z.array(z.string().max(200)).max(1000) }) });
const statSchema = z.object({ mode: z.number(), size: z.number(), linkTarget: z.string().optional() });

/** Reads an image through a container that is never started. Answers are cached, because an image never changes. */
export class DockerImageFiles implements ImageFiles {
  readonly #docker: Docker;
  readonly #lasting: Docker;
  readonly #cache: Map<string, Promise<unknown>>;
  readonly #opened = new Map<string, Promise<Docker.Container>>();

  /** `lasting`: removes the containers, even if the requests of `docker` were aborted. */
  constructor(docker: Docker, { lasting, cache }: { lasting: Docker; cache: Map<string, Promise<unknown>> }) {
    this.#docker = docker;
    this.#lasting = lasting;
    this.#cache = cache;
  }

  stat(image: string, path: string): Promise<PathStat | null> {
    return this.#keep(`stat ${image} ${path}`, async () => {
      const container = await this.#open(image);
      const stream = await ask(container.infoArchive({ path }), { absent: null });
      return stream === null ? absentFrom(container) : parseStat(stream);
    });
  }

  text(image: string, path: string): Promise<string | null> {
    return this.#keep(`text ${image} ${path}`, async () => {
      const stat = await this.stat(image, path);
      if (stat === null || stat.kind === 'folder') return null;
      const first = await this.#firstEntry(image, stat.target ?? path, true);
      return first?.content ?? null;
    });
  }

  firstFile(image: string, folder: string): Promise<string | null> {
    return this.#keep(`first ${image} ${folder}`, async () => (await this.#firstEntry(image, folder, false))?.name ?? null);
  }

  digest(image: string, path: string, ignored: RegExp): Promise<string | null> {
    return this.#keep(`digest ${image} ${path} ${ignored.source}`, async () => {
      const container = await this.#open(image);
      const archive = await ask(container.getArchive({ path }), { absent: null });
      if (archive === null) return absentFrom(container);
      try {
        return await archiveDigest(archive, ignored);
      } finally {
        cut(archive);
      }
    });
  }

  layers(image: string): Promise<readonly string[]> {
    return this.#keep(`layers ${image}`, async () => layersSchema.parse(await ask(this.#docker.getImage(image).inspect())).RootFS.Layers);
  }

  async close(): Promise<void> {
    if (this.#opened.size === 0) return;
    const opened = await Promise.allSettled(this.#opened.values());
    this.#opened.clear();
    for (const container of opened) if (container.status === 'fulfilled') await remove(this.#lasting.getContainer(container.value.id));
  }

  async #firstEntry(image: string, path: string, withContent: boolean): Promise<{ name: string; content: string } | null> {
    const container = await this.#open(image);
    const archive = await ask(container.getArchive({ path }), { absent: null });
    if (archive === null) return absentFrom(container);
    const extract = tar.extract();
    // The stream is closed as soon as the answer is known. Its error about that does not matter.
    archive.on('error', () => extract.destroy());
    archive.pipe(extract);
    let seen = 0;
    try {
      for await (const entry of extract) {
        if (entry.header.type === 'file') {
          const content = withContent ? await head(entry, TEXT_BYTES) : '';
          return { name: entry.header.name, content };
        }
        entry.resume();
        seen += 1;
        if (seen > ENTRIES) return null;
      }
      return null;
    } finally {
      cut(archive);
    }
  }

  #open(image: string): Promise<Docker.Container> {
    let opened = this.#opened.get(image);
    if (!opened) {
      opened = ask(
        this.#docker.createContainer({
          Image: image,
          Entrypoint: ['/escale-never-started'],
          Labels: { [LOOK_LABEL]: 'image' },
          NetworkDisabled: true,
          HostConfig: { NetworkMode: 'none' },
        }),
      );
      this.#opened.set(image, opened);
    }
    return opened;
  }

  #keep<T>(key: string, read: () => Promise<T>): Promise<T> {
    const known = this.#cache.get(key);
    if (known) return known as Promise<T>;
    if (this.#cache.size >= CACHE_ENTRIES) this.#cache.clear();
    const answer = read();
    this.#cache.set(key, answer);
    answer.catch(() => this.#cache.delete(key));
    return answer;
  }
}

/** The engine answers the same for a missing path and for a missing container. Only the first is an answer. */
async function absentFrom(container: Docker.Container): Promise<null> {
  await ask(container.inspect());
  return null;
}

async function head(entry: AsyncIterable<unknown>, bytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of entry) {
    if (!(chunk instanceof Uint8Array)) continue;
    chunks.push(chunk);
    size += chunk.length;
    if (size >= bytes) break;
  }
  return Buffer.concat(chunks).subarray(0, bytes).toString('utf8');
}

/** The engine sends a path's stat in a header. Its `mode` has Go's form: the highest bits are the type, the lowest the permissions. */
function parseStat(reply: unknown): PathStat {
  const encoded = z.object({ headers: z.record(z.string(), z.unknown()) }).parse(reply).headers['x-docker-container-path-stat'];
  const stat = statSchema.parse(JSON.parse(Buffer.from(z.string().parse(encoded), 'base64').toString('utf8')));
  const has = (bit: number) => Math.floor(stat.mode / 2 ** bit) % 2 === 1;
  const kind = has(31) ? 'folder' : has(27) ? 'link' : [26, 25, 24, 21, 19].some(has) ? 'other' : 'file';
  return { kind, mode: stat.mode % 512, size: stat.size, target: stat.linkTarget || null };
}
