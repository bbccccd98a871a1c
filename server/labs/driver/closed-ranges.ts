import { EscaleError } from '../../errors/escale-error.ts';

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

interface Range {
  readonly first: number;
  readonly bits: number;
}

/** The ranges the gate closes, with every address of the host, and those whose names its resolver hides: the same without what is allowed. */
export function closedRanges(hostAddresses: readonly string[], allow: readonly string[]): { closed: string[]; hidden: string[] } {
  const closed = [...ALWAYS_CLOSED, ...hostAddresses].map(parseRange);
  const allowed = allow.map(parseRange);
  const hidden = allowed.reduce((ranges, hole) => ranges.flatMap((range) => without(range, hole)), closed);
  return { closed: closed.map(print), hidden: hidden.map(print) };
}

function parseRange(text: string): Range {
  const [address = '', length = '32', ...rest] = text.split('/');
  const bytes = address.split('.');
  const valid = rest.length === 0 && bytes.length === 4 && bytes.every((byte) => isWhole(byte, 255)) && isWhole(length, 32);
  if (!valid) {
    throw new EscaleError('usage', 'lab.address', {
      message: `« ${text} » n’est pas une adresse IPv4 ni un réseau de la forme 10.1.2.0/24.`,
      hint: 'Corrigez la liste « allow » de la configuration.',
    });
  }
  const bits = Number(length);
  const value = bytes.reduce((sum, byte) => sum * 256 + Number(byte), 0);
  return { first: value - (value % 2 ** (32 - bits)), bits };
}

function isWhole(text: string, most: number): boolean {
  return /^\d{1,3}$/.test(text) && Number(text) <= most;
}

/** `range` minus `hole`: what is left of it when halves that miss the hole are kept whole. */
function without(range: Range, hole: Range): Range[] {
  const size = 2 ** (32 - range.bits);
  const apart = hole.first >= range.first + size || hole.first + 2 ** (32 - hole.bits) <= range.first;
  if (apart) return [range];
  if (hole.bits <= range.bits) return [];
  const bits = range.bits + 1;
  return [
    { first: range.first, bits },
    { first: range.first + size / 2, bits },
  ].flatMap((half) => without(half, hole));
}

function print({ first, bits }: Range): string {
  const bytes = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
  return `${bytes.join('.')}/${bits}`;
}
