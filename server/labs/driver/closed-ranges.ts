import { areApart, parseRange, print, type Range, sizeOf } from './ipv4-ranges.ts';

/** What no lab may reach: this network, private, shared (CGNAT), loopback, link-local, benchmark, multicast, reserved and broadcast addresses. */
const ALWAYS_CLOSED = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/4',
  '240.0.0.0/4',
];

/** The ranges the gate closes, with every address of the host, and those whose names its resolver hides: the same without what is allowed. */
export function closedRanges(hostAddresses: readonly string[], allow: readonly string[]): { closed: string[]; hidden: string[] } {
  const closed = [...ALWAYS_CLOSED, ...hostAddresses].map(parseRange);
  const allowed = allow.map(parseRange);
  const hidden = allowed.reduce((ranges, hole) => ranges.flatMap((range) => without(range, hole)), closed);
  return { closed: closed.map(print), hidden: hidden.map(print) };
}

/** `range` minus `hole`: what is left of it when halves that miss the hole are kept whole. */
function without(range: Range, hole: Range): Range[] {
  const size = sizeOf(range);
  if (areApart(range, hole)) return [range];
  if (hole.bits <= range.bits) return [];
  const bits = range.bits + 1;
  return [
    { first: range.first, bits },
    { first: range.first + size / 2, bits },
  ].flatMap((half) => without(half, hole));
}
