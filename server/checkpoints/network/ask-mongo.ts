import { Binary, type Document, EJSON } from 'bson';
import { z } from 'zod';
import { ByteSource } from './byte-source.ts';
import { converse } from './converse.ts';
import type { Address, Dialer, MongoError, MongoReply, MongoRequest, Outcome } from './definitions.ts';
import { encodeMessage, readMessage } from './mongo-protocol.ts';
import { noAnswer } from './no-answer.ts';
import { Scram } from './scram.ts';

const TIMEOUT_MS = 15_000;
const IDLE_MS = 10_000;
const REPLY_BYTES = 4 * 1024 * 1024;
const SAID_LENGTH = 300;
/** Messages of one login: two, and an empty one where the server wants it. */
const LOGIN_STEPS = 3;
/** « Unauthorized », « AuthenticationFailed ». */
const ACCOUNT_NEEDED = [13, 18];

const errorSchema = z.object({ ok: z.literal(0), code: z.number().catch(0), errmsg: z.string().catch('') });
const loginSchema = z.object({ conversationId: z.number(), done: z.boolean(), payload: z.instanceof(Binary) });

/** Sends one command to a MongoDB server. The account is only used if the server refuses the command without one. */
export function askMongo(dialer: Dialer, at: Address, request: MongoRequest, signal: AbortSignal): Promise<Outcome<MongoReply>> {
  const { database, command, auth, maxBytes = REPLY_BYTES, timeoutMs = TIMEOUT_MS, idleMs = IDLE_MS } = request;
  return converse({ dialer, at, timeoutMs, signal }, async (connect) => {
    const connection = await connect();
    const source = new ByteSource(connection, { maxBytes, idleMs });
    let sent = 0;
    const ask = (db: string, document: Document): Promise<Document> => {
      connection.write(encodeMessage(++sent, { ...document, $db: db }));
      return readMessage(source);
    };
    const first = await ask(database, command);
    if (auth === undefined || !ACCOUNT_NEEDED.includes(errorOf(first)?.code ?? 0)) return toReply(first);
    const refused = await logIn(auth, (document) => ask('admin', document));
    return refused ?? toReply(await ask(database, command));
  });
}

/** Null if the server lets the account in. */
async function logIn(
  auth: Required<NonNullable<MongoRequest['auth']>>,
  ask: (document: Document) => Promise<Document>,
): Promise<MongoReply | null> {
  const scram = new Scram(auth);
  let reply = await ask({
    saslStart: 1,
    mechanism: 'SCRAM-SHA-256',
    payload: new Binary(Buffer.from(scram.first)),
    options: { skipEmptyExchange: true },
  });
  for (let step = 1; step <= LOGIN_STEPS; step++) {
    const error = errorOf(reply);
    if (error !== null) return { error };
    const login = loginSchema.safeParse(reply).data;
    if (login === undefined) throw noAnswer.notSpoken('MongoDB');
    const { conversationId, done, payload } = login;
    if (done) return null;
    const text = step === 1 ? await scram.final(Buffer.from(payload.buffer).toString('utf8')) : '';
    reply = await ask({ saslContinue: 1, conversationId, payload: new Binary(Buffer.from(text)) });
  }
  throw noAnswer.notSpoken('MongoDB');
}

function errorOf(document: Document): MongoError | null {
  const error = errorSchema.safeParse(document).data;
  return error === undefined ? null : { code: error.code, said: error.errmsg.slice(0, SAID_LENGTH) };
}

function toReply(document: Document): MongoReply {
  const error = errorOf(document);
  return error === null ? { document: EJSON.serialize(document, { relaxed: true }) } : { error };
}
