import { areApart, parseRange, print, sizeOf } from './ipv4-ranges.ts';

/** Labs cannot reach private addresses, so it does not matter to them which of these their network has. */
const POOL = parseRange('10.212.0.0/16');
/** Room for the lab, the registry and the bridge. */
const BITS = 28;

/** Subnets for networks of labs, apart from those that are taken (addresses, or networks like 172.17.0.0/16). */
export function* labSubnets(taken: readonly string[]): Generator<string> {
  const ranges = taken.map(parseRange);
  const size = sizeOf({ first: 0, bits: BITS });
  for (let { first } = POOL; first < POOL.first + sizeOf(POOL); first += size) {
    const subnet = { first, bits: BITS };
    if (ranges.every((range) => areApart(range, subnet))) yield print(subnet);
  }
}
