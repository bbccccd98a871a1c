import { createHash, createHmac, pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type { Credentials } from './definitions.ts';
import { noAnswer } from './no-answer.ts';

/** A server chooses this number, and whoever answers it must count that far. */
const MOST_ITERATIONS = 500_000;
const DIGEST = 'sha256';
/** « n,, » in Base64: no channel binding. */
const CHANNEL = 'biws';

const derive = promisify(pbkdf2);

/** The client's side of SCRAM-SHA-256 (RFC 7677), in its two messages. */
export class Scram {
  readonly #password: string;
  readonly #nonce: string;
  readonly #bare: string;

  constructor({ user, password }: Required<Credentials>, nonce = randomBytes(24).toString('base64')) {
    this.#password = password.normalize('NFKC');
    this.#nonce = nonce;
    this.#bare = `n=${user.replaceAll('=', '=3D').replaceAll(',', '=2C')},r=${nonce}`;
  }

  get first(): string {
    return `n,,${this.#bare}`;
  }

  /** The answer to the server's first message. Throws `NoAnswer` if that message is not SCRAM. */
  async final(server: string): Promise<string> {
    const [, nonce = '', salt = '', count = ''] = /^r=([^,]+),s=([^,]+),i=(\d{1,7})(?:,|$)/.exec(server) ?? [];
    const iterations = Number(count);
    if (!nonce.startsWith(this.#nonce) || iterations < 1 || iterations > MOST_ITERATIONS) throw noAnswer.notSpoken('SCRAM');
    const salted = await derive(this.#password, Buffer.from(salt, 'base64'), iterations, 32, DIGEST);
    const clientKey = hmac(salted, 'Client Key');
    const unproved = `c=${CHANNEL},r=${nonce}`;
    const stored = createHash(DIGEST).update(clientKey).digest();
    const signature = hmac(stored, `${this.#bare},${server},${unproved}`);
    const proof = clientKey.map((byte, index) => byte ^ (signature[index] ?? 0));
    return `${unproved},p=${Buffer.from(proof).toString('base64')}`;
  }
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac(DIGEST, key).update(text).digest();
}
