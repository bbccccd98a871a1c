import type { Socket } from 'node:net';
import { Binary, type Document, ObjectId } from 'bson';
import { afterEach, describe, expect, it } from 'vitest';
import { askMongo } from '../../../../../server/checkpoints/network/ask-mongo.ts';
import { ByteSource } from '../../../../../server/checkpoints/network/byte-source.ts';
import type { MongoReply, MongoRequest, Outcome } from '../../../../../server/checkpoints/network/definitions.ts';
import { LocalDialer } from '../../../../../server/checkpoints/network/local-dialer.ts';
import { encodeMessage, readMessage } from '../../../../../server/checkpoints/network/mongo-protocol.ts';
import { pour, TcpServer } from '../fakes/tcp-server.ts';

const dialer = new LocalDialer('unix:///var/run/docker.sock');
const LONG_MS = 60_000;
const never = new AbortController().signal;
const servers: TcpServer[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.stop();
});

async function serving(serve: (socket: Socket) => void): Promise<TcpServer> {
  const server = await TcpServer.start(serve);
  servers.push(server);
  return server;
}

/** A server that does not care what it is asked. */
function careless(serve: (socket: Socket) => void): Promise<TcpServer> {
  return serving((socket) => {
    socket.resume();
    serve(socket);
  });
}

/** A server that answers each command with what `answer` makes of it. */
function answering(answer: (command: Document) => Document): Promise<TcpServer> {
  return serving(async (socket) => {
    const source = new ByteSource(socket, { maxBytes: 1_000_000, idleMs: LONG_MS });
    while (!socket.destroyed) {
      const command = await readMessage(source).catch(() => null);
      if (command === null) return;
      socket.write(encodeMessage(1, answer(command)));
    }
  });
}

/** Asks, and sees that no connection is left. */
async function ask(server: TcpServer, request: Partial<MongoRequest> = {}, signal = never): Promise<Outcome<MongoReply>> {
  const asked = { database: 'datawarehouse', command: { count: 'raw_data' }, idleMs: LONG_MS, timeoutMs: LONG_MS, ...request };
  const outcome = await askMongo(dialer, server.at, asked, signal);
  await server.left();
  return outcome;
}

async function said(server: TcpServer, request: Partial<MongoRequest> = {}): Promise<string> {
  const outcome = await ask(server, request);
  return 'failure' in outcome ? `${outcome.failure.kind}: ${outcome.failure.said}` : JSON.stringify(outcome.answer);
}

describe('a command', () => {
  it('is sent to its database, and its answer is plain JSON', async () => {
    const asked: Document[] = [];
    const server = await answering((command) => {
      asked.push(command);
      return { n: 10, _id: new ObjectId('65f0c0ffee65f0c0ffee65f0'), at: new Date(0), ok: 1 };
    });
    expect(await ask(server)).toEqual({
      answer: { document: { n: 10, _id: { $oid: '65f0c0ffee65f0c0ffee65f0' }, at: { $date: '1970-01-01T00:00:00Z' }, ok: 1 } },
    });
    expect(asked).toEqual([{ count: 'raw_data', $db: 'datawarehouse' }]);
  });

  it('that the server refuses gives its error', async () => {
    const server = await answering(() => ({ ok: 0, code: 59, codeName: 'CommandNotFound', errmsg: 'no such command' }));
    expect(await ask(server)).toEqual({ answer: { error: { code: 59, said: 'no such command' } } });
  });
});

describe('an account', () => {
  // The example of RFC 7677.
  const [salt, iterations] = ['W22ZaJ0SNY7soEsUEjb6gQ==', 4096];

  /** A server that lets in whoever proves a password; it does not check the proof. */
  function guarded(done: (step: number) => boolean, entry = 13) {
    let step = 0;
    const asked: string[] = [];
    const served = answering((command) => {
      const [name = ''] = Object.keys(command);
      const payload = command.payload instanceof Binary ? Buffer.from(command.payload.buffer).toString() : '';
      asked.push(`${name} ${payload.replace(/r=[^,]+/, 'r=…').replace(/p=.+/, 'p=…')}`.trim());
      if (name === 'count' && !done(step)) return { ok: 0, code: entry, errmsg: 'command count requires authentication' };
      if (name === 'count') return { n: 10, ok: 1 };
      step += 1;
      const nonce = /r=([^,]+)/.exec(payload)?.[1];
      const text = name === 'saslStart' ? `r=${nonce}more,s=${salt},i=${iterations}` : 'v=signed';
      return { ok: 1, conversationId: 7, done: name !== 'saslStart' && done(step), payload: new Binary(Buffer.from(text)) };
    });
    return { asked, served };
  }

  const auth = { user: 'a,d=m', password: 'secret' };

  it('is used where the server wants one', async () => {
    const { asked, served } = guarded((step) => step >= 2);
    expect(await ask(await served, { auth })).toEqual({ answer: { document: { n: 10, ok: 1 } } });
    expect(asked).toEqual(['count', 'saslStart n,,n=a=2Cd=3Dm,r=…', 'saslContinue c=biws,r=…,p=…', 'count']);
  });

  it('is completed by an empty message where the server wants one', async () => {
    const { asked, served } = guarded((step) => step >= 3);
    expect(await ask(await served, { auth })).toEqual({ answer: { document: { n: 10, ok: 1 } } });
    expect(asked.slice(2, 4)).toEqual(['saslContinue c=biws,r=…,p=…', 'saslContinue']);
  });

  it('is not tried where none is given', async () => {
    const { asked, served } = guarded(() => false);
    expect(await ask(await served)).toEqual({ answer: { error: { code: 13, said: 'command count requires authentication' } } });
    expect(asked).toEqual(['count']);
  });

  it('that is refused gives the error of the login', async () => {
    const server = await answering(({ saslStart }) => ({ ok: 0, code: saslStart ? 18 : 13, errmsg: 'Authentication failed.' }));
    expect(await ask(server, { auth })).toEqual({ answer: { error: { code: 18, said: 'Authentication failed.' } } });
  });

  it.each([
    ['r=other,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096', 'SCRAM'],
    ['nonsense', 'SCRAM'],
    ['r=$,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=9999999', 'SCRAM'],
  ])('is not proved to a server that says %j', async (text, protocol) => {
    const server = await answering(({ payload }) => {
      if (!(payload instanceof Binary)) return { ok: 0, code: 13, errmsg: 'no' };
      const nonce = /r=([^,]+)/.exec(Buffer.from(payload.buffer).toString())?.[1] ?? '';
      return { ok: 1, conversationId: 1, done: false, payload: new Binary(Buffer.from(text.replace('$', nonce))) };
    });
    expect(await said(server, { auth })).toBe(`refused: ce qu’il a répondu n’est pas du ${protocol}`);
  });
});

describe('a server', () => {
  const ODD = 'refused: ce qu’il a répondu n’est pas du MongoDB';
  const LARGE = 'refused: sa réponse dépasse 1 000 octets';
  const header = (length: number, opCode = 2013): Buffer => {
    const bytes = Buffer.alloc(16);
    bytes.writeInt32LE(length, 0);
    bytes.writeInt32LE(opCode, 12);
    return bytes;
  };

  it.each<[string, (socket: Socket) => void, string]>([
    ['that speaks HTTP', (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'), ODD],
    ['that speaks an older protocol', (socket) => socket.end(Buffer.concat([header(60, 1), Buffer.alloc(44)])), ODD],
    ['that announces a gigabyte', (socket) => socket.end(header(1024 ** 3)), LARGE],
    ['that announces less than nothing', (socket) => socket.end(header(-5)), ODD],
    ['that sends no BSON', (socket) => socket.end(Buffer.concat([header(31), Buffer.from('\0\0\0\0\0not a doc!')])), ODD],
    ['that pours', (socket) => pour(socket, 'x'.repeat(1000)), LARGE],
    ['that hangs up', (socket) => socket.end(), 'closed: il a coupé la connexion sans répondre'],
    ['that hangs up midway', (socket) => socket.end(header(100)), 'refused: il a coupé la connexion avant la fin de sa réponse'],
  ])('%s is told so', async (_name, serve, expected) => {
    expect(await said(await careless(serve), { maxBytes: 1000 })).toBe(expected);
  });

  it('that never answers is left', async () => {
    expect(await said(await careless(() => undefined), { idleMs: 50 })).toBe('refused: il n’a rien répondu en 0,05 s');
  });
});

it('an abort ends with its reason and leaves no connection', async () => {
  const stop = new AbortController();
  const server = await serving((socket) => void socket.once('data', () => stop.abort(new Error('enough'))));
  await expect(ask(server, {}, stop.signal)).rejects.toThrow('enough');
  await server.left();
});
