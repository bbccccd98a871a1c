import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A secret that is valid until the server stops. Compared in constant time. */
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

/** `page` gives access to the site's routes, `control` to those of the command line. Neither is valid for the other. */
export interface Tokens {
  readonly page: Token;
  readonly control: Token;
  /** True: the page's token is only in the printed address, and `POST /api/session` never returns it. */
  readonly locked: boolean;
}

function digest(value: string): Buffer {
  return createHash('sha256').update(value).digest();
}
