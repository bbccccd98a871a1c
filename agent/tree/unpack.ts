import { createWriteStream } from 'node:fs';
import { chmod, chown, lchown, link, lutimes, mkdir, symlink, utimes } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Extract, extract, type Header } from 'tar-stream';
import { AgentError, errorCode, errors } from '../errors.ts';

const MAX_ENTRIES = 200_000;
const MAX_PATH = 4000;

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

type Kind = 'folder' | 'file' | 'link';

/**
 * Unpacks a tar into an empty folder, everything owned by `owner`. Throws at the first entry that is not a file, folder or link, or whose
 * path leaves the folder.
 */
export async function unpack(tar: Readable, folder: string, owner: Owner): Promise<void> {
  const unpacker = new Unpacker(folder, owner);
  const parser = extract();
  feed(tar, parser);
  try {
    for await (const entry of parser) {
      await unpacker.add(entry.header, entry);
      entry.resume();
    }
    await unpacker.finish();
  } catch (error) {
    const ours = error instanceof AgentError || ['ENOSPC', 'EDQUOT', 'EIO'].includes(errorCode(error) ?? '');
    throw ours ? error : errors.treeArchive(error);
  }
  if (unpacker.count === 0) throw errors.treeArchive(new Error('no entry'));
}

/** Does not use `pipeline`, which destroys the request on error: a refused request must stay open for the reply. */
function feed(tar: Readable, parser: Extract): void {
  tar.once('error', (error) => parser.destroy(error));
  tar.once('close', () => tar.readableEnded || parser.destroy(new Error('cut')));
  parser.once('error', () => tar.unpipe(parser));
  tar.pipe(parser);
}

class Unpacker {
  readonly #folder: string;
  readonly #owner: Owner;
  readonly #kinds = new Map<string, Kind>([['', 'folder']]);
  /** Mode and time of folders are set last, once nothing more is written into them. */
  readonly #folders = new Map<string, Header>();
  count = 0;

  constructor(folder: string, owner: Owner) {
    this.#folder = folder;
    this.#owner = owner;
  }

  async add(header: Header, body: AsyncIterable<unknown>): Promise<void> {
    this.count += 1;
    if (this.count > MAX_ENTRIES) throw errors.treeEntry(header.name, 'l’archive a trop d’entrées');
    const path = inner(header.name, header.name);
    if (path === '' && header.type !== 'directory') throw errors.treeEntry(header.name, 'le nom est vide');
    if (path !== '') await this.#makeParents(path, header.name);
    if (header.type === 'directory') await this.#addFolder(path, header);
    else await this.#addOther(path, header, body);
  }

  async finish(): Promise<void> {
    for (const [path, header] of [...this.#folders].reverse()) {
      await chmod(this.#at(path), (header.mode ?? 0o755) & 0o7777);
      await utimes(this.#at(path), seconds(header), seconds(header));
    }
  }

  async #addFolder(path: string, header: Header): Promise<void> {
    if ((this.#kinds.get(path) ?? 'folder') !== 'folder') throw errors.treeEntry(header.name, 'il y est deux fois');
    if (!this.#kinds.has(path)) await this.#makeFolder(path);
    this.#folders.set(path, header);
  }

  async #addOther(path: string, header: Header, body: AsyncIterable<unknown>): Promise<void> {
    if (this.#kinds.has(path)) throw errors.treeEntry(header.name, 'il y est deux fois');
    const at = this.#at(path);
    if (header.type === 'file' || header.type === 'contiguous-file') {
      await pipeline(body, createWriteStream(at, { flags: 'wx', mode: 0o600 }));
      await chown(at, this.#owner.uid, this.#owner.gid);
      await chmod(at, (header.mode ?? 0o644) & 0o7777);
      await utimes(at, seconds(header), seconds(header));
    } else if (header.type === 'symlink') {
      await symlink(header.linkname ?? '', at);
      await lchown(at, this.#owner.uid, this.#owner.gid);
      await lutimes(at, seconds(header), seconds(header));
    } else if (header.type === 'link') {
      const target = inner(header.linkname ?? '', header.name);
      if (this.#kinds.get(target) !== 'file') throw errors.treeEntry(header.name, 'son lien ne mène à aucun fichier de l’archive');
      await link(this.#at(target), at);
    } else throw errors.treeEntry(header.name, 'ce n’est ni un fichier, ni un dossier, ni un lien');
    this.#kinds.set(path, header.type === 'symlink' ? 'link' : 'file');
  }

  async #makeParents(path: string, shown: string): Promise<void> {
    const segments = path.split('/').slice(0, -1);
    for (let depth = 1; depth <= segments.length; depth += 1) {
      const parent = segments.slice(0, depth).join('/');
      const kind = this.#kinds.get(parent);
      if (kind === undefined) await this.#makeFolder(parent);
      else if (kind !== 'folder') throw errors.treeEntry(shown, 'il passe par un lien ou un fichier');
    }
  }

  async #makeFolder(path: string): Promise<void> {
    await mkdir(this.#at(path), 0o755);
    await chown(this.#at(path), this.#owner.uid, this.#owner.gid);
    this.#kinds.set(path, 'folder');
  }

  #at(path: string): string {
    return path === '' ? this.#folder : `${this.#folder}/${path}`;
  }
}

/** The path of an entry without `./` and double slashes; throws if it leaves the folder. */
function inner(path: string, shown: string): string {
  if (path.startsWith('/')) throw errors.treeEntry(shown, 'son chemin est absolu');
  if (path.length > MAX_PATH || path.includes('\0')) throw errors.treeEntry(shown.slice(0, 200), 'son chemin est trop long ou abîmé');
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (segments.includes('..')) throw errors.treeEntry(shown, 'son chemin sort du dossier');
  return segments.join('/');
}

function seconds(header: Header): number {
  return Math.floor((header.mtime?.getTime() ?? 0) / 1000);
}
