import type { FileContent, FileWrite } from '../../../../../../contract/files.ts';
import type { OpenFile } from '../../../../../../src/client/editor/open-file.ts';
import { OpenFiles } from '../../../../../../src/client/editor/open-files.ts';
import type { MemoryBrowser } from '../memory-drafts.ts';
import { MemoryFiles, offline } from '../memory-files.ts';
import type { RoundDisk } from './round-disk.ts';

/** Makes a request reach the disk. */
export type Arrival = () => Promise<void>;

/** A request on its way: it may reach the disk, and its answer may reach the page. */
interface Request {
  readonly run: Arrival;
  readonly answer: () => void;
  readonly fail: (error: unknown) => void;
}

/** What becomes of a request. `late`: the page gives up, and the request reaches the disk later. */
export type Fate = 'answered' | 'lost' | 'answer lost' | 'late';

/** The files as a page sees them: over a network that the round decides about. */
class DistantFiles extends MemoryFiles {
  readonly requests: Request[] = [];
  readonly #disk: RoundDisk;
  readonly #written: (write: FileWrite, before: string) => void;

  constructor(disk: RoundDisk, written: (write: FileWrite, before: string) => void) {
    super();
    this.#disk = disk;
    this.#written = written;
  }

  override read(): Promise<FileContent> {
    return this.#ask(() => this.#disk.read());
  }

  override write(write: FileWrite): Promise<{ version: string }> {
    return this.#ask(async () => {
      const before = this.#disk.text;
      const written = await this.#disk.write(write);
      this.#written(write, before);
      return written;
    });
  }

  #ask<T>(run: () => Promise<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    let got: T | undefined;
    const answer = (): void => {
      if (got !== undefined) resolve(got);
    };
    const keep = async (): Promise<void> => {
      got = await run();
    };
    this.requests.push({ run: keep, answer, fail: reject });
    return promise;
  }
}

export interface RoundTabParts {
  readonly browser: MemoryBrowser;
  readonly disk: RoundDisk;
  readonly written: (write: FileWrite, before: string) => void;
  readonly reopens: boolean;
}

/** One tab of the browser with the page's own logic; the round decides when its requests arrive. */
export class RoundTab {
  readonly open: OpenFiles;
  readonly #files: DistantFiles;
  readonly #end: () => void;

  constructor({ browser, disk, written, reopens }: RoundTabParts) {
    const { drafts, end } = browser.open();
    const nothing = (): void => undefined;
    this.#files = new DistantFiles(disk, written);
    this.#end = end;
    this.open = new OpenFiles({
      files: this.#files,
      drafts,
      memory: { read: () => ({ paths: reopens ? [disk.path] : [] }), keep: nothing },
      events: { changed: nothing, replaced: nothing, stored: nothing, closed: nothing },
    });
  }

  get file(): OpenFile | undefined {
    return this.open.list[0];
  }

  get busy(): boolean {
    return this.#files.requests.length > 0;
  }

  /** Decides about the first request. Returns what still has to reach the disk. */
  async serve(fate: Fate): Promise<Arrival | undefined> {
    const request = this.#files.requests.shift();
    if (request === undefined) return undefined;
    if (fate === 'lost' || fate === 'late') {
      request.fail(offline);
      return fate === 'late' ? request.run : undefined;
    }
    try {
      await request.run();
      if (fate === 'answered') request.answer();
      else request.fail(offline);
    } catch (error) {
      request.fail(fate === 'answered' ? error : offline);
    }
    return undefined;
  }

  /** The page ends. Returns what it sent and has not reached the disk yet. */
  end(how: 'unloaded' | 'killed'): Arrival[] {
    if (how === 'unloaded') this.open.keepDrafts();
    this.#end();
    return this.#files.requests.splice(0).map(({ run }) => run);
  }
}
