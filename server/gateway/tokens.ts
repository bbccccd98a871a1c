import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A secret of this start of the server, compared in constant time. */
export class Token {
  readonly value: string;
  readonly #digest: Buffer;

  constructor(value: string = randomBytes(32).toString('base64url')) {
    this.value = value;
    this.#digest = digest(value);
  }

  matches(candidate: string): boolean {
    return timingSafeEqual(this.#digest, digest(candidate));
  }
}

/** `page` opens what the site does; `control` what the command line does. Neither opens the other. */
export interface Tokens {
  readonly page: Token;
  readonly control: Token;
  /** The page's token is told in the printed address only, never by `POST /api/session`. */
  readonly locked: boolean;
}

function digest(value: string): Buffer {
  return createHash('sha256').update(value).digest();
}
