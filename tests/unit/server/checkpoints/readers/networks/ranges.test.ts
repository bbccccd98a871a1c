import { describe, expect, it } from 'vitest';
import { firstAddress, isPublic, overlap, rangesOf, readRange } from '../../../../../../server/checkpoints/readers/networks/ranges.ts';

const pair = (one: string, other: string) => rangesOf([one, other]) as [ReturnType<typeof rangesOf>[0], ReturnType<typeof rangesOf>[0]];

describe('a range', () => {
  it.each(['172.28.0.0', '172.28.0/16', '172.28.0.0/33', '256.0.0.0/8', 'data', ''])('is not %j', (text) => {
    expect(readRange(text)).toBeNull();
  });

  it.each([
    ['172.28.0.0/16', '172.28.9.0/24', true],
    ['172.28.9.0/24', '172.16.0.0/12', true],
    ['172.28.0.0/16', '172.29.0.0/16', false],
    ['10.0.0.0/24', '10.0.1.0/24', false],
    ['fd00::/64', 'fd00::1:0:0/80', true],
    ['fd00::/64', '10.0.0.0/8', false],
  ])('%s and %s overlap: %s', (one, other, expected) => {
    expect(overlap(...pair(one, other))).toBe(expected);
    expect(overlap(...pair(other, one))).toBe(expected);
  });

  it.each([
    ['172.28.5.9/16', '172.28.0.0'],
    ['192.168.1.200/25', '192.168.1.128'],
    ['10.0.0.0/8', '10.0.0.0'],
  ])('%s begins at %s', (text, first) => {
    expect(rangesOf([text]).map(firstAddress)).toEqual([first]);
  });

  it.each([
    ['8.8.0.0/16', true],
    ['172.32.0.0/16', true],
    ['172.0.0.0/8', true],
    ['172.31.0.0/16', false],
    ['10.89.0.0/24', false],
    ['fd00::/64', false],
  ])('%s is public: %s', (text, expected) => {
    expect(rangesOf([text]).map(isPublic)).toEqual([expected]);
  });
});
