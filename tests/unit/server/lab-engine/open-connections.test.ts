import { expect, it } from 'vitest';
import { parseConnections } from '../../../../server/lab-engine/open-connections.ts';

const hex = (port: number) => port.toString(16).toUpperCase().padStart(4, '0');
const row = (pid: number, [localPort, remote, port]: readonly [number, string, number], state = '01', local = '020012AC') =>
  `/proc/${pid}/net/tcp:   3: ${local}:${hex(localPort)} ${remote}:${hex(port)} ${state} 00000000:00000000 00:0 0 0 1`;

it('reads connections to others, open or closed just now', () => {
  const text = [
    row(7, [41_000, '030012AC', 5432]),
    row(7, [41_002, '030012AC', 5432], '06'),
    row(7, [5432, '0000000000000000FFFF0000040012AC', 50_000], '01', '0000000000000000FFFF0000020012AC'),
    row(7, [41_004, '0B00007F', 53]),
    row(7, [41_006, '0100007F', 5432]),
    row(7, [41_008, '00000000000000000000000001000000', 5432]),
    row(666, [41_000, '030012AC', 5432]),
    'what a forged lab says',
  ].join('\n');
  expect([...parseConnections(text, [7, 8])]).toEqual([
    [
      7,
      [
        { localPort: 41_000, address: '172.18.0.3', port: 5432, open: true },
        { localPort: 41_002, address: '172.18.0.3', port: 5432, open: false },
        { localPort: 5432, address: '172.18.0.4', port: 50_000, open: true },
      ],
    ],
    [8, []],
  ]);
});
