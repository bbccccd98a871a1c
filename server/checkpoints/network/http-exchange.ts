import { type IncomingMessage, type RequestOptions, request as startRequest } from 'node:http';
import type { Duplex } from 'node:stream';
import type { HttpReply } from './definitions.ts';
import { noAnswer } from './no-answer.ts';

/** Of one head; a longer one is an error. */
const HEAD_BYTES = 16 * 1024;

export interface ExchangeLimits {
  readonly maxBytes: number;
  readonly idleMs: number;
}

/** One request and its answer on a connection of its own. Throws `NoAnswer`, or the reason of `over`. */
export function exchange(
  connection: Duplex,
  options: Pick<RequestOptions, 'method' | 'path' | 'headers'>,
  body: string | undefined,
  { maxBytes, idleMs }: ExchangeLimits,
  over: AbortSignal,
): Promise<Omit<HttpReply, 'path'>> {
  return new Promise((resolve, reject) => {
    if (connection.destroyed) return reject(noAnswer.hungUp());
    const request = startRequest({ ...options, createConnection: () => connection, maxHeaderSize: HEAD_BYTES, setHost: false });
    const chunks: Buffer[] = [];
    let response: IncomingMessage | null = null;
    let room = maxBytes;
    const stop = (): void => {
      clearTimeout(idle);
      over.removeEventListener('abort', aborted);
      request.destroy();
    };
    const fail = (error: unknown): void => {
      stop();
      reject(error);
    };
    const aborted = (): void => fail(over.reason);
    const idle = setTimeout(() => fail(response === null ? noAnswer.silent(idleMs) : noAnswer.stalled(idleMs)), idleMs);
    over.addEventListener('abort', aborted);
    request.on('response', (message) => {
      response = message;
      idle.refresh();
      const finish = (): void => {
        stop();
        const { statusCode = 0, headers } = message;
        resolve({ status: statusCode, headers: plain(headers), body: Buffer.concat(chunks).toString('utf8'), truncated: room < 0 });
      };
      message.on('data', (chunk: Buffer) => {
        idle.refresh();
        chunks.push(chunk.subarray(0, room));
        room -= chunk.length;
        if (room < 0) finish();
      });
      message.on('end', finish);
      message.on('error', () => fail(noAnswer.cut()));
      message.on('close', () => fail(noAnswer.cut()));
    });
    request.on('error', (error) => {
      // What follows a whole answer is not part of it.
      if (response?.complete) return;
      fail(reasonOf(error, response !== null));
    });
    request.on('close', () => {
      if (response === null) fail(noAnswer.hungUp());
    });
    request.end(body);
  });
}

function reasonOf(error: Error, answered: boolean): Error {
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'HPE_HEADER_OVERFLOW') return noAnswer.tooLarge(HEAD_BYTES);
  if (code === 'HPE_INVALID_EOF_STATE') return noAnswer.cut();
  if (code.startsWith('HPE_')) return noAnswer.notSpoken('HTTP', error);
  return answered ? noAnswer.cut() : noAnswer.hungUp();
}

function plain(headers: IncomingMessage['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]));
}
