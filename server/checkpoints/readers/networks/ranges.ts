import { BlockList, isIP, isIPv4 } from 'node:net';

/** A range of addresses: `172.28.0.0/16`. */
export interface Range {
  readonly text: string;
  readonly address: string;
  readonly bits: number;
  readonly family: 'ipv4' | 'ipv6';
}

/** Null if the text is no range. */
export function readRange(text: string): Range | null {
  const [, address = '', length = ''] = /^([\da-fA-F.:]+)\/(\d{1,3})$/.exec(text.trim()) ?? [];
  const bits = Number(length);
  if (isIP(address) === 0 || bits > (isIPv4(address) ? 32 : 128)) return null;
  return { text: text.trim(), address, bits, family: isIPv4(address) ? 'ipv4' : 'ipv6' };
}

/** The readable ranges among texts. */
export function rangesOf(texts: readonly string[]): Range[] {
  return texts.map(readRange).filter((range) => range !== null);
}

/** Whether the range has the address. */
export function holds(range: Range, address: string): boolean {
  const family = isIPv4(address) ? 'ipv4' : 'ipv6';
  if (isIP(address) === 0 || family !== range.family) return false;
  const list = new BlockList();
  list.addSubnet(range.address, range.bits, range.family);
  return list.check(address, family);
}

/** Whether two ranges have an address in common: then one contains the first address of the other. */
export function overlap(one: Range, other: Range): boolean {
  return holds(one, other.address) || holds(other, one.address);
}

/** The first address of an IPv4 range, which is how a range must be written. */
export function firstAddress({ address, bits }: Range): string {
  const value = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - bits);
  const first = Math.floor(value / size) * size;
  return [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.');
}

const PRIVATE = rangesOf(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16', '198.18.0.0/15']);

/** Whether an IPv4 range has addresses of the public internet. */
export function isPublic(range: Range): boolean {
  return range.family === 'ipv4' && !PRIVATE.some((one) => holds(one, range.address) && one.bits <= range.bits);
}
