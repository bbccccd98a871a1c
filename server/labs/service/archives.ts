import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type ArchiveCause, archiveNameSchema, type LabArchive } from '../../../contract/lab.ts';
import { EscaleError } from '../../errors/escale-error.ts';
import type { LabAgent } from '../agents/definitions.ts';
import { projectEntries } from './project-entries.ts';

/** The largest project that is archived; a lab's agent may be forged and send without end. */
const ARCHIVE_BYTES = 4 * 1024 ** 3;
/** Archives kept of one lab, the newest. */
const ARCHIVES_KEPT = 10;
/** Suffix of an archive that is not complete. */
const PART = '.part';

export interface KeepOptions {
  readonly lab: string;
  readonly agent: LabAgent;
  readonly cause: ArchiveCause;
  readonly signal: AbortSignal;
  /** Called with the number of bytes written so far. */
  readonly onBytes: (bytes: number) => void;
}

/**
 * The projects that were replaced, as tars in one folder. An archive has its name only once it is complete and on the disk, so whatever is
 * killed, each listed archive can be given back.
 */
export class Archives {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /** The newest first. */
  async list(lab: string): Promise<LabArchive[]> {
    const names = (await this.#names()).filter((name) => partsOf(name)?.lab === lab).sort();
    const archives = await Promise.all(names.map((name) => this.#describe(name)));
    return archives.filter((archive) => archive !== null).reverse();
  }

  /** Writes the project to a new archive. Null if there is no project, or nothing in it. */
  async keep({ lab, agent, cause, signal, onBytes }: KeepOptions): Promise<LabArchive | null> {
    if ((await projectEntries(agent, signal)).length === 0) return null;
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    await this.#sweep(lab);
    const name = `${lab}-${new Date().toISOString().replaceAll(':', '-')}.${cause}.tar`;
    const part = this.path(`${name}${PART}`);
    try {
      const file = createWriteStream(part, { mode: 0o600, flags: 'wx', flush: true });
      await pipeline(await agent.getTree(), atMost(ARCHIVE_BYTES, onBytes), file, { signal });
      await rename(part, this.path(name));
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
    return this.#describe(name);
  }

  /** An archive of this lab; throws if there is none of that name. */
  async find(lab: string, name: string): Promise<LabArchive> {
    const known = archiveNameSchema.safeParse(name).success && partsOf(name)?.lab === lab;
    const archive = known ? await this.#describe(name) : null;
    if (archive === null) throw archiveUnknown(lab, name);
    return archive;
  }

  /** The tar of an archive of this lab. */
  async open(lab: string, name: string): Promise<Readable> {
    return createReadStream(this.path((await this.find(lab, name)).name));
  }

  /** Removes the oldest archives of a lab, but never `spared`. */
  async prune(lab: string, spared: string | null = null): Promise<void> {
    const older = (await this.list(lab)).slice(ARCHIVES_KEPT).filter(({ name }) => name !== spared);
    await Promise.all(older.map(({ name }) => rm(this.path(name), { force: true })));
  }

  /** Removes what a killed process had not finished. */
  async #sweep(lab: string): Promise<void> {
    const parts = (await this.#names()).filter((name) => name.endsWith(PART) && partsOf(name.slice(0, -PART.length))?.lab === lab);
    await Promise.all(parts.map((name) => rm(this.path(name), { force: true })));
  }

  async #names(): Promise<string[]> {
    return readdir(this.folder).catch((error: unknown) => (isAbsent(error) ? [] : Promise.reject(error)));
  }

  async #describe(name: string): Promise<LabArchive | null> {
    const parts = partsOf(name);
    const found = await stat(this.path(name)).catch((error: unknown) => (isAbsent(error) ? null : Promise.reject(error)));
    if (parts === null || !found?.isFile()) return null;
    return { name, at: parts.at, bytes: found.size, cause: parts.cause };
  }
}

/** `solo-2026-11-29T10-58-00.000Z.reset.tar`; older archives do not name their cause, which was a reset. */
function partsOf(name: string): { lab: string; at: string; cause: ArchiveCause } | null {
  const [, lab, day, hour, minute, second, cause] =
    /^([a-z0-9][a-z0-9-]*)-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-([\d.]+Z)(?:\.(reset|state|restore))?\.tar$/.exec(name) ?? [];
  if (lab === undefined) return null;
  return { lab, at: `${day}T${hour}:${minute}:${second}`, cause: cause === 'state' || cause === 'restore' ? cause : 'reset' };
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function archiveUnknown(lab: string, name: string): EscaleError {
  return new EscaleError('not-found', 'lab.archive-unknown', {
    message: `Le labo « ${lab} » n’a pas d’archive « ${name} » : elle a été retirée, ou son nom n’est pas celui-là.`,
    hint: `« npx escale lab archives ${lab} » montre celles qui restent.`,
  });
}

function atMost(limit: number, onBytes: (bytes: number) => void): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      onBytes(seen);
      if (seen <= limit) done(null, chunk);
      else
        done(
          new EscaleError('unavailable', 'lab.archive-too-large', {
            message: 'Le projet dépasse 4 Gio : il n’a pas été archivé, et rien n’a été remplacé.',
            hint: 'Retirez du projet les gros fichiers (données, archives), puis recommencez.',
          }),
        );
    },
  });
}
