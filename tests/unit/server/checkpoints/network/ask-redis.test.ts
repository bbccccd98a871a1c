import type { Socket } from 'node:net';
// biome-ignore lint/plugin: the server that is played drips
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { askRedis } from '../../../../../server/checkpoints/network/ask-redis.ts';
import type { Outcome, RedisReply, RedisRequest } from '../../../../../server/checkpoints/network/definitions.ts';
import { LocalDialer } from '../../../../../server/checkpoints/network/local-dialer.ts';
import { pour, TcpServer } from '../fakes/tcp-server.ts';

const dialer = new LocalDialer('unix:///var/run/docker.sock');
const LONG_MS = 60_000;
const never = new AbortController().signal;
const servers: TcpServer[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.stop();
});

/** A server that gives to each command what `answer` makes of its words. */
async function serving(answer: (socket: Socket, words: readonly string[]) => void): Promise<TcpServer> {
  const server = await TcpServer.start((socket) => {
    socket.on('data', (bytes) =>
      answer(
        socket,
        bytes
          .toString()
          .split('\r\n')
          .filter((_, index) => index > 0 && index % 2 === 0),
      ),
    );
  });
  servers.push(server);
  return server;
}

/** Asks, and sees that no connection is left. */
async function ask(server: TcpServer, request: Partial<RedisRequest> = {}, signal = never): Promise<Outcome<RedisReply>> {
  const outcome = await askRedis(dialer, server.at, { command: ['PING'], idleMs: LONG_MS, timeoutMs: LONG_MS, ...request }, signal);
  await server.left();
  return outcome;
}

async function said(answer: string | ((socket: Socket) => void), request: Partial<RedisRequest> = {}): Promise<string> {
  const outcome = await ask(await serving((socket) => void (typeof answer === 'string' ? socket.end(answer) : answer(socket))), request);
  return 'failure' in outcome ? `${outcome.failure.kind}: ${outcome.failure.said.replace(/\s/g, ' ')}` : JSON.stringify(outcome.answer);
}

describe('a reply', () => {
  it.each<[string, RedisReply]>([
    ['+PONG\r\n', 'PONG'],
    [':-42\r\n', -42],
    ['$4\r\n\u00e9\r\n\r\n', 'é\r\n'],
    ['$0\r\n\r\n', ''],
    ['$-1\r\n', null],
    ['*-1\r\n', null],
    ['*0\r\n', []],
    ['*4\r\n$1\r\na\r\n:1\r\n*1\r\n$-1\r\n-ERR no\r\n', ['a', 1, [null], 'ERR no']],
  ])('%j is read', async (sent, reply) => {
    expect(await ask(await serving((socket) => void socket.write(sent)))).toEqual({ answer: reply });
  });

  it('is the same however it is cut', async () => {
    const server = await serving(async (socket) => {
      socket.setNoDelay(true);
      for (const byte of '*2\r\n$3\r\nabc\r\n+ok\r\n') {
        socket.write(byte);
        await new Promise(setImmediate);
      }
    });
    expect(await ask(server)).toEqual({ answer: ['abc', 'ok'] });
  });

  it('of a hundred thousand items is read', async () => {
    const items = Array.from({ length: 100_000 }, (_, index) => `k${index}`);
    const sent = `*${items.length}\r\n${items.map((item) => `$${item.length}\r\n${item}\r\n`).join('')}`;
    expect(await ask(await serving((socket) => void socket.write(sent)), { maxBytes: 2_000_000 })).toEqual({ answer: items });
  });
});

describe('a password', () => {
  const guarded = (accepted: string) => {
    const asked: string[] = [];
    let entered = false;
    const served = serving((socket, words) => {
      asked.push(words.join(' '));
      if (words[0] === 'AUTH') entered = words.slice(1).join(':') === accepted;
      const refusal = words[0] === 'AUTH' ? '-WRONGPASS invalid username-password pair\r\n' : '-NOAUTH Authentication required.\r\n';
      socket.write(entered ? '+OK\r\n' : refusal);
    });
    return { asked, served };
  };

  it('is given where it is wanted', async () => {
    const { asked, served } = guarded('secret');
    expect(await ask(await served, { command: ['GET', 'clé x'], auth: { password: 'secret' } })).toEqual({ answer: 'OK' });
    expect(asked).toEqual(['GET clé x', 'AUTH secret', 'GET clé x']);
  });

  it('goes with its user', async () => {
    expect(await ask(await guarded('me:secret').served, { auth: { user: 'me', password: 'secret' } })).toEqual({ answer: 'OK' });
  });

  it('that is missing or wrong is refused in the words of Redis', async () => {
    const refused = (text: string) => ({ failure: { kind: 'refused', said: text } });
    expect(await ask(await guarded('secret').served)).toEqual(refused('NOAUTH Authentication required.'));
    const wrong = await ask(await guarded('secret').served, { auth: { password: 'no' } });
    expect(wrong).toEqual(refused('WRONGPASS invalid username-password pair'));
  });
});

describe('a server', () => {
  const ODD = 'refused: ce qu’il a répondu n’est pas du Redis';
  const LARGE = 'refused: sa réponse dépasse 1 000 octets';

  it.each<[string, string | ((socket: Socket) => void), string]>([
    ['that loads', '-LOADING Redis is loading the dataset in memory\r\n', 'starting: LOADING Redis is loading the dataset in memory'],
    ['that refuses', `-ERR ${'x'.repeat(500)}\r\n`, `refused: ERR ${'x'.repeat(296)}`],
    ['that speaks HTTP', 'HTTP/1.1 400 Bad Request\r\n\r\n', ODD],
    ['that announces no number', '$abc\r\n', ODD],
    ['that nests without end', '*1\r\n'.repeat(100), ODD],
    ['that announces a gigabyte', `$${1024 ** 3}\r\n`, LARGE],
    ['that announces more than there are numbers', `$${'9'.repeat(20)}\r\n`, LARGE],
    ['that announces a list of a milliard', `*${1e9}\r\n`, 'refused: il a coupé la connexion avant la fin de sa réponse'],
    ['that sends a list of a milliard', (socket) => pour(socket, ':1\r\n'.repeat(1000), `*${1e9}\r\n`), LARGE],
    ['that sends a line without end', (socket) => pour(socket, 'x'.repeat(1000), '+'), LARGE],
    ['that hangs up', (socket) => socket.end(), 'closed: il a coupé la connexion sans répondre'],
    ['that resets', (socket) => socket.resetAndDestroy(), 'closed: il a coupé la connexion sans répondre'],
    ['that hangs up midway', '$9\r\nabc', 'refused: il a coupé la connexion avant la fin de sa réponse'],
  ])('%s is told so', async (_name, answer, expected) => {
    expect(await said(answer, { maxBytes: 1000 })).toBe(expected);
  });

  it('that never answers is left', async () => {
    expect(await said(() => undefined, { idleMs: 50 })).toBe('refused: il n’a rien répondu en 0,05 s');
  });

  it('that stops midway is left', async () => {
    const half = (socket: Socket) => void socket.write('$9\r\nabc');
    expect(await said(half, { idleMs: 50 })).toBe('refused: sa réponse s’est arrêtée en chemin : rien en 0,05 s');
  });

  it('that drips is left at the end of its time', async () => {
    const drip = async (socket: Socket): Promise<void> => {
      while (!socket.destroyed) {
        socket.write('+');
        await wait(5);
      }
    };
    expect(await said((socket) => void drip(socket), { timeoutMs: 100 })).toBe('refused: il n’a pas fini de répondre en 0,1 s');
  });
});

it.each(['', '$9\r\nabc', '+PO'])('an abort after %j ends with its reason and leaves no connection', async (sent) => {
  const stop = new AbortController();
  const server = await serving((socket) => void socket.write(sent, () => stop.abort(new Error('enough'))));
  await expect(ask(server, {}, stop.signal)).rejects.toThrow('enough');
  await server.left();
});
