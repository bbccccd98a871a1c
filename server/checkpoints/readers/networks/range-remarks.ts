import type { Remark } from '../../../../contract/verdict.ts';
import { remark } from '../findings.ts';
import { holds, isPublic, type Range, rangesOf } from './ranges.ts';
import type { OwnNetwork } from './stack-networks.ts';

/** A shorter prefix covers a large part of the private addresses. */
const WIDE = 16;

/** The traps of the ranges that a file chooses. `routes`: the gateways of the engine's machine. */
export function rangeRemarks(networks: readonly OwnNetwork[], routes: readonly string[]): Remark[] {
  return networks.flatMap(({ subnets, place }) =>
    rangesOf(subnets).flatMap((range) => trapsOf(range, routes).map(([code, text]) => remark(code, text, place('ipam', 'config')))),
  );
}

function trapsOf(range: Range, routes: readonly string[]): [string, string][] {
  const { text, bits, family } = range;
  const traps: [boolean, string, string][] = [
    [
      isPublic(range),
      'network.public-range',
      `${text} contient des adresses d’internet : les sites qui y sont deviennent injoignables depuis la machine. Prenez 10.0.0.0/8, 172.16.0.0/12 ou 192.168.0.0/16.`,
    ],
    [
      family === 'ipv4' && bits < WIDE,
      'network.wide',
      `${text} prend bien plus d’adresses qu’il n’y a de conteneurs, et chevauchera un jour un autre réseau : un /24 en a 254.`,
    ],
    [
      routes.some((route) => holds(range, route)),
      'network.covers-route',
      `${text} contient la passerelle de cette machine : elle ne peut plus sortir. Choisissez une autre plage.`,
    ],
  ];
  return traps.filter(([holdsTrue]) => holdsTrue).map(([, code, said]) => [code, said]);
}
