import { BlockList } from 'node:net';
import { expect, test } from 'vitest';
import { closedRanges } from '../../../../../server/labs/driver/closed-ranges.ts';

function covers(ranges: readonly string[], address: string): boolean {
  const list = new BlockList();
  for (const range of ranges) {
    const [first = '', bits = ''] = range.split('/');
    list.addSubnet(first, Number(bits));
  }
  return list.check(address);
}

test.for([
  '0.0.0.0',
  '10.0.0.1',
  '100.64.0.1',
  '127.0.0.11',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '198.19.0.1',
  '224.0.0.251',
  '239.255.255.250',
  '255.255.255.255',
  '203.0.113.5',
])('closed: %s', (address) => {
  expect(covers(closedRanges(['203.0.113.5'], []).closed, address)).toBe(true);
});

test.for(['1.1.1.1', '100.63.255.255', '172.15.0.1', '172.32.0.1', '192.167.0.1', '203.0.113.6', '223.255.255.255'])(
  'open: %s',
  (address) => {
    expect(covers(closedRanges(['203.0.113.5'], []).closed, address)).toBe(false);
  },
);

test('the resolver shows exactly the allowed addresses, and hides the rest', () => {
  const { closed, hidden } = closedRanges(['203.0.113.5'], ['10.1.2.3', '192.168.8.0/21', '203.0.113.5']);
  for (const shown of ['10.1.2.3', '192.168.8.0', '192.168.15.255', '203.0.113.5']) {
    expect(covers(hidden, shown), shown).toBe(false);
    expect(covers(closed, shown), shown).toBe(true);
  }
  for (const stillHidden of ['10.1.2.2', '10.1.2.4', '192.168.7.255', '192.168.16.0'])
    expect(covers(hidden, stillHidden), stillHidden).toBe(true);
});

test('allowing a range that contains a closed one shows all of it', () => {
  expect(closedRanges([], ['0.0.0.0/0']).hidden).toEqual([]);
});

test.for(['proxy', '10.1.2', '10.1.2.300', '10.0.0.0/33', '10.0.0.0/8/8', 'fd00::1', ''])(
  '« %s » is refused, and the error names it',
  (allow) => {
    expect(() => closedRanges([], [allow])).toThrow(expect.objectContaining({ code: 'lab.address', kind: 'usage' }));
  },
);
