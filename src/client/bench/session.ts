import { sessionSchema } from '../../../contract/workspace.ts';
import { tokenFromAddress } from '../address-token.ts';

/**
 * Why there is no session. `absent`: the pages are served without Escale's server; `refused`: the server gives its token only in the
 * address that it printed.
 */
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
  #refused: string | undefined;

  /**
   * Requests a token from the server, unless there is one. Throws `SessionError`, or the error of `fetch` when the server does not answer.
   */
  async token(): Promise<string> {
    if (this.#token !== undefined) return this.#token;
    const given = tokenFromAddress();
    if (given !== undefined) {
      if (given === this.#refused) throw new SessionError('refused');
      this.#token = given;
      return given;
    }
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

  /** Drops a token that the server no longer accepts, as after a restart. */
  forget(): void {
    this.#refused = this.#token;
    this.#token = undefined;
  }
}
