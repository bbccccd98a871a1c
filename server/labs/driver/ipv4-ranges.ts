import { EscaleError } from '../../errors/escale-error.ts';

/** A network: its first address as a number, and the bits that all of its addresses share. */
export interface Range {
  readonly first: number;
  readonly bits: number;
}

/** How many addresses it has. */
export function sizeOf({ bits }: Range): number {
  return 2 ** (32 - bits);
}

/** Whether no address is in both. */
export function areApart(one: Range, other: Range): boolean {
  return other.first >= one.first + sizeOf(one) || other.first + sizeOf(other) <= one.first;
}

/** An address, or a network of the form 10.1.2.0/24; throws `lab.address`. */
export function parseRange(text: string): Range {
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

/** `10.1.2.0/24`. */
export function print({ first, bits }: Range): string {
  const bytes = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
  return `${bytes.join('.')}/${bits}`;
}
