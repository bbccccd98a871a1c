import { request } from 'node:http';
import type { z } from 'zod';
import { errorBodySchema } from '../../contract/errors.ts';
import { type ErrorKind, EscaleError } from '../errors/escale-error.ts';
import type { ServerFile } from '../state/server-file.ts';

/** Larger than any reply to the command line. */
const ANSWER_BYTES = 64 * 1024 * 1024;
const PROBE_MS = 3000;

const KINDS: Record<number, ErrorKind> = {
  400: 'usage',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  503: 'unavailable',
};

export interface Question {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

/** A connection to the state folder's running server, with the token in its file. */
export class ServerConnection {
  readonly #server: ServerFile;

  constructor(server: ServerFile) {
    this.#server = server;
  }

  /** Whether the server accepts the token. False if the file was left by a killed server. */
  async answers(): Promise<boolean> {
    try {
      return (await this.#send({ method: 'GET', path: '/api/server', signal: AbortSignal.timeout(PROBE_MS) })).status === 200;
    } catch {
      // Nothing listens there, or another program does.
      return false;
    }
  }

  /** The parsed reply, null if it is empty. Rethrows the server's error. Has no timeout of its own. */
  async ask<T extends z.ZodType>(question: Question, schema: T): Promise<z.output<T>> {
    const { status, text } = await this.#send(question).catch((cause: unknown) => {
      question.signal?.throwIfAborted();
      throw serverGone(cause);
    });
    const content: unknown = text === '' ? null : JSON.parse(text);
    if (status < 400) return schema.parse(content);
    const { error } = errorBodySchema.parse(content);
    throw new EscaleError(KINDS[status] ?? 'fault', error.code, error);
  }

  #send({ method, path, body, signal }: Question): Promise<{ status: number; text: string }> {
    const { port, token } = this.#server;
    const content = body === undefined ? undefined : JSON.stringify(body);
    const headers = {
      authorization: `Bearer ${token}`,
      ...(content === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(content) }),
    };
    return new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, method, path, headers, agent: false, ...(signal ? { signal } : {}) }, (response) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > ANSWER_BYTES) response.destroy(new Error('The answer has no end'));
          else chunks.push(chunk);
        });
        response.on('error', reject);
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }));
      });
      sent.on('error', reject);
      sent.end(content);
    });
  }
}

function serverGone(cause: unknown): EscaleError {
  return new EscaleError(
    'unavailable',
    'server.gone',
    { message: 'Le serveur d’Escale s’est arrêté avant d’avoir répondu.', hint: 'Relancez la commande.' },
    { cause },
  );
}
