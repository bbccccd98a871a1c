import { expect, it } from 'vitest';
import { parseSockets } from '../../../../server/lab-engine/listening-sockets.ts';

const row = (pid: number, address: string, port: number, table = 'tcp') =>
  `/proc/${pid}/net/${table}:   0: ${address}:${port.toString(16).toUpperCase().padStart(4, '0')} 00000000:0000 0A 00000000:00000000 00:0 0 0 1`;

it('reads the listening ports, and whether they are on loopback only', () => {
  const text = [
    row(7, '00000000', 80),
    row(7, '0100007F', 5432),
    row(7, '0200007F', 5433),
    row(7, '0B00007F', 41_000),
    row(8, '0'.repeat(32), 8000, 'tcp6'),
    row(8, '00000000000000000000000001000000', 8001, 'tcp6'),
    row(8, '0000000000000000FFFF00000100007F', 8002, 'tcp6'),
    row(8, '0000000000000000FFFF0000020011AC', 8003, 'tcp6'),
    row(666, '00000000', 22),
    'what a forged lab says',
  ].join('\n');
  expect([...parseSockets(text, [7, 8, 9])]).toEqual([
    [7, [on(80, false), on(5432, true), on(5433, true)]],
    [8, [on(8000, false), on(8001, true), on(8002, true), on(8003, false)]],
    [9, []],
  ]);
});

function on(port: number, loopback: boolean) {
  return { port, loopback };
}
