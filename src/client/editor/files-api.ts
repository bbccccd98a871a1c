import type { z } from 'zod';
import { errorBodySchema } from '../../../contract/errors.ts';
import {
  type FileContent,
  type FileMove,
  type FileProblems,
  type FileRestore,
  type FileTree,
  type FileWrite,
  fileContentSchema,
  fileProblemsSchema,
  fileTrashedSchema,
  fileTreeSchema,
  fileWrittenSchema,
} from '../../../contract/files.ts';
import type { Session } from '../bench/session.ts';
import { type Files, FilesError } from './definitions.ts';

const DEADLINE_MS = 20_000;

interface Call {
  readonly method?: 'GET' | 'PUT' | 'POST';
  readonly path: string;
  readonly body?: unknown;
}

/** Accesses the lab's files through the server, with this page's token. */
export class FilesApi implements Files {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  tree(): Promise<FileTree> {
    return this.#ask({ path: 'tree' }, fileTreeSchema);
  }

  read(path: string): Promise<FileContent> {
    return this.#ask({ path: `content?${new URLSearchParams({ path })}` }, fileContentSchema);
  }

  write(write: FileWrite): Promise<{ version: string }> {
    return this.#ask({ method: 'PUT', path: 'content', body: write }, fileWrittenSchema);
  }

  async makeFolder(path: string): Promise<void> {
    await this.#send({ method: 'POST', path: 'folder', body: { path } });
  }

  async move(move: FileMove): Promise<void> {
    await this.#send({ method: 'POST', path: 'move', body: move });
  }

  trash(path: string): Promise<{ trash: string }> {
    return this.#ask({ method: 'POST', path: 'trash', body: { path } }, fileTrashedSchema);
  }

  async restore(restore: FileRestore): Promise<void> {
    await this.#send({ method: 'POST', path: 'restore', body: restore });
  }

  problems(path: string): Promise<FileProblems> {
    return this.#ask({ path: `problems?${new URLSearchParams({ path })}` }, fileProblemsSchema);
  }

  async #ask<T extends z.ZodType>(call: Call, schema: T): Promise<z.output<T>> {
    const answer = await this.#send(call);
    const parsed = schema.safeParse(await answer.json().catch(() => undefined));
    if (parsed.success) return parsed.data;
    throw new FilesError('unavailable.lab', 'La réponse du labo n’a pas la forme attendue.', 'Rechargez la page.', { cause: parsed.error });
  }

  /** If the token is refused, as after a restart of the server, requests a new one and retries once. */
  async #send(call: Call, again = true): Promise<Response> {
    const answer = await this.#fetch(call);
    if (answer.ok) return answer;
    if (answer.status === 401 && again) {
      this.#session.forget();
      return this.#send(call, false);
    }
    const body = errorBodySchema.safeParse(await answer.json().catch(() => undefined));
    if (!body.success) throw offline(new Error(`answered ${answer.status}`));
    const { code, message, hint } = body.data.error;
    throw new FilesError(code, message, hint);
  }

  async #fetch({ method = 'GET', path, body }: Call): Promise<Response> {
    try {
      return await fetch(`/api/files/${path}`, {
        method,
        headers: {
          authorization: `Bearer ${await this.#session.token()}`,
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        signal: AbortSignal.timeout(DEADLINE_MS),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    } catch (error) {
      throw offline(error);
    }
  }
}

function offline(cause: unknown): FilesError {
  return new FilesError('offline', 'Le serveur ne répond pas.', 'La page essaie de nouveau toute seule.', { cause });
}
