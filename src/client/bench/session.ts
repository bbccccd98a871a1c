import { sessionSchema } from '../../../contract/workspace.ts';

/** Why there is no session: the pages are served without Escale, or the token is only in the address that the server printed. */
export type NoSession = 'absent' | 'refused';

export class SessionError extends Error {
  readonly reason: NoSession;

  constructor(reason: NoSession, options?: { cause?: unknown }) {
    super(`no session: ${reason}`, options);
    this.reason = reason;
  }
}

/** The token of this page, kept in memory only. */
export class Session {
  #token: string | undefined;
  /** Given in the address: the server is locked and hands out no other. */
  readonly #given: string | undefined;

  constructor(given: string | undefined) {
    this.#given = given;
    this.#token = given;
  }

  /** Asks the server for a token unless there is one. Throws `SessionError`, or what `fetch` throws when nobody answers. */
  async token(): Promise<string> {
    if (this.#token !== undefined) return this.#token;
    if (this.#given !== undefined) throw new SessionError('refused');
    const answer = await fetch('/api/session', {
      method: 'POST',
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(10_000),
    });
    if (answer.status === 401 || answer.status === 403) throw new SessionError('refused');
    if ([404, 405, 501].includes(answer.status)) throw new SessionError('absent');
    if (!answer.ok) throw new Error(`POST /api/session answered ${answer.status}`);
    if (!(answer.headers.get('content-type') ?? '').includes('json')) throw new SessionError('absent');
    this.#token = sessionSchema.parse(await answer.json()).token;
    return this.#token;
  }

  /** The server no longer knows the token: it was restarted. */
  forget(): void {
    this.#token = undefined;
  }
}

/** Takes the token of a locked server out of the address, and out of the address bar. */
export function tokenFromAddress(): string | undefined {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token === null || token === '') return undefined;
  history.replaceState(history.state, '', location.pathname + location.search);
  return token;
}
