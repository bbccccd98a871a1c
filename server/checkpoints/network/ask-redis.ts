import { ByteSource } from './byte-source.ts';
import { converse } from './converse.ts';
import type { Address, Dialer, Outcome, RedisReply, RedisRequest } from './definitions.ts';
import { NoAnswer } from './no-answer.ts';
import { encodeCommand, RedisError, readReply } from './redis-protocol.ts';

const TIMEOUT_MS = 10_000;
const IDLE_MS = 5000;
const REPLY_BYTES = 1024 * 1024;

/** Asks a Redis server one command, with a password only where it wants one. */
export function askRedis(dialer: Dialer, at: Address, request: RedisRequest, signal: AbortSignal): Promise<Outcome<RedisReply>> {
  const { command, auth, maxBytes = REPLY_BYTES, timeoutMs = TIMEOUT_MS, idleMs = IDLE_MS } = request;
  return converse({ dialer, at, timeoutMs, signal }, async (connect) => {
    const connection = await connect();
    const source = new ByteSource(connection, { maxBytes, idleMs });
    const ask = (words: readonly string[]): Promise<RedisReply | RedisError> => {
      connection.write(encodeCommand(words));
      return readReply(source);
    };
    let reply = await ask(command);
    if (auth !== undefined && reply instanceof RedisError && reply.code === 'NOAUTH') {
      const { user, password } = auth;
      const entered = await ask(user === undefined ? ['AUTH', password] : ['AUTH', user, password]);
      reply = entered instanceof RedisError ? entered : await ask(command);
    }
    if (!(reply instanceof RedisError)) return reply;
    throw new NoAnswer(reply.code === 'LOADING' ? 'starting' : 'refused', reply.said);
  });
}
