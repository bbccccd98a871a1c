import { networksOf, type OwnNetwork, type StackNetworks } from './stack-networks.ts';

/** Whether the engine's network has other addresses than the file gives it, or another way out. */
export function unlikeFile({ subnets, actual, written }: OwnNetwork): boolean {
  if (actual === null) return false;
  return subnets.some((subnet) => !actual.subnets.includes(subnet)) || actual.internal !== written.internal;
}

/** The services of the brief that are on no declared network. */
export function unlinked({ services, own }: StackNetworks): string[] {
  const keys = own.map(({ key }) => key);
  const core = Object.values(services.of).filter((one) => one !== null);
  return core.filter((one) => !networksOf(services, one).some((key) => keys.includes(key))).map(({ name }) => name);
}

/** The services whose containers are not on a network that the file has them join. */
export function missingMembers({ joined, containers }: StackNetworks): { network: OwnNetwork; services: string[] } | null {
  for (const network of joined) {
    const services = network.members.filter((name) => {
      const container = containers.get(name);
      return container !== undefined && !container.networks.includes('host') && isApart(container.networks, network.name);
    });
    if (services.length > 0) return { network, services };
  }
  return null;
}

/** A container that shares another's network lists none of its own. */
function isApart(networks: readonly string[], name: string): boolean {
  return networks.length > 0 && !networks.includes(name);
}

/** « `a`, `b` et `c` ». */
export function sayNames(names: readonly string[]): string {
  const quoted = names.map((name) => `\`${name}\``);
  if (quoted.length === 0) return 'aucun réseau';
  return quoted.length === 1 ? (quoted[0] ?? '') : `${quoted.slice(0, -1).join(', ')} et ${quoted.at(-1)}`;
}
