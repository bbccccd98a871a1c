import type { FileProblem } from '../../../contract/files.ts';
import type { Snapshot } from '../bench/store.ts';
import { type Files, FilesError } from './definitions.ts';
import type { OpenFile } from './open-file.ts';

/** Saves within this delay are linted once. */
const SETTLE_MS = 500;

export interface FoundProblems {
  readonly source: string;
  readonly problems: readonly FileProblem[];
}

const SOURCES = { hadolint: 'hadolint', compose: 'docker compose', json: 'JSON' } as const;

/** The problems that the lab's linters report for the open files as saved. One request at a time per file. */
export class Problems {
  readonly #files: Files;
  readonly #changed: (file: OpenFile) => void;
  readonly #found = new WeakMap<OpenFile, FoundProblems>();
  readonly #timers = new WeakMap<OpenFile, ReturnType<typeof setTimeout>>();
  readonly #asking = new WeakSet<OpenFile>();

  constructor(files: Files, changed: (file: OpenFile) => void) {
    this.#files = files;
    this.#changed = changed;
  }

  of(file: OpenFile): FoundProblems | undefined {
    return this.#found.get(file);
  }

  /** Lints the file soon. */
  look(file: OpenFile): void {
    clearTimeout(this.#timers.get(file));
    this.#timers.set(
      file,
      setTimeout(() => void this.#look(file), SETTLE_MS),
    );
  }

  async #look(file: OpenFile): Promise<void> {
    if (/\.json$/i.test(file.path)) {
      this.#tell(file, { source: SOURCES.json, problems: jsonProblems(file.text) });
      return;
    }
    if (this.#asking.has(file)) {
      this.look(file);
      return;
    }
    this.#asking.add(file);
    try {
      const { by, problems } = await this.#files.problems(file.path);
      this.#tell(file, by === null ? undefined : { source: SOURCES[by], problems });
    } catch (error) {
      // Keep the earlier problems until the next success: a failed request does not mean that there are none.
      if (!(error instanceof FilesError)) throw error;
    } finally {
      this.#asking.delete(file);
    }
  }

  #tell(file: OpenFile, found: FoundProblems | undefined): void {
    if (found === undefined) this.#found.delete(file);
    else this.#found.set(file, found);
    this.#changed(file);
  }
}

export function jsonProblems(text: string): FileProblem[] {
  if (text.trim() === '') return [];
  try {
    JSON.parse(text);
    return [];
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const [, line = '1', column = '1'] = /line (\d+) column (\d+)/.exec(message) ?? [];
    return [{ line: Number(line), column: Number(column), severity: 'error', message }];
  }
}

/** The diagnoses of the open lesson's criteria that name a line of this file. */
export function verdictProblems({ verdicts }: Snapshot, task: string | undefined, path: string): FileProblem[] {
  const criteria = (task === undefined ? undefined : verdicts.get(task)?.criteria) ?? [];
  return criteria.flatMap((verdict): FileProblem[] => {
    if (verdict.verdict !== 'not-met' || verdict.diagnosis.where.file !== path) return [];
    const { where, observed } = verdict.diagnosis;
    if (where.line === undefined || where.line < 1) return [];
    return [{ line: where.line, severity: 'error', message: `${verdict.title} : ${observed}`.slice(0, 600) }];
  });
}

/** The files named by unmet criteria of the open lesson. */
export function unmetFiles({ verdicts }: Snapshot, task: string | undefined): Set<string> {
  const criteria = (task === undefined ? undefined : verdicts.get(task)?.criteria) ?? [];
  return new Set(
    criteria.flatMap((verdict) => (verdict.verdict === 'not-met' && verdict.diagnosis.where.file ? [verdict.diagnosis.where.file] : [])),
  );
}
