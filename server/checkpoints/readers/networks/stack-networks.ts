import type { Where } from '../../../../contract/verdict.ts';
import type { ContainerFacts, NetworkFacts } from '../../../lab-engine/definitions.ts';
import type { LabView } from '../../definitions.ts';
import { type ComposeServices, composeServices, type Service } from '../compose/compose-services.ts';
import { type ComposeNetwork, networkSchema } from '../compose/model.ts';
import { stackOf } from '../container/stack.ts';

/** A network that the Compose file declares, and what the engine made of it. `default` counts only under a name of its own. */
export interface OwnNetwork {
  readonly key: string;
  /** Its name on the engine. */
  readonly name: string;
  readonly written: ComposeNetwork;
  readonly subnets: readonly string[];
  /** Whether the file gives it addresses, which Compose does not tell of a network that no service joins. */
  readonly isRanged: boolean;
  /** The names of the services that join it. */
  readonly members: readonly string[];
  readonly actual: NetworkFacts | null;
  /** The place of the network, or of a key of it. */
  readonly place: (...keys: readonly string[]) => Where;
}

export interface StackNetworks {
  readonly services: ComposeServices;
  readonly own: readonly OwnNetwork[];
  /** Those that a service joins: `up` creates no other. */
  readonly joined: readonly OwnNetwork[];
  /** The engine's networks that the file does not declare. */
  readonly others: readonly NetworkFacts[];
  /** The newest container of each service that has one. */
  readonly containers: ReadonlyMap<string, ContainerFacts>;
}

/** Read once per look. */
export function stackNetworks(view: LabView): Promise<StackNetworks> {
  return view.once('stack-networks', async () => {
    const services = await composeServices(view);
    const [stack, actual] = await Promise.all([stackOf(view), view.engine.networks()]);
    const { model, places } = services.project;
    const own = [...new Set([...Object.keys(model.networks), ...places.keys(['networks'])])]
      .map((key) => ({ key, written: model.networks[key] ?? networkSchema.parse({}) }))
      .filter(({ key, written: { name } }) => key !== 'default' || (name !== '' && name !== `${model.name}_default`))
      .map(({ key, written }): OwnNetwork => {
        const name = written.name || `${model.name}_${key}`;
        return {
          key,
          name,
          written,
          subnets: written.ipam.flatMap(({ subnet }) => subnet ?? []),
          isRanged: places.find(['networks', key, 'ipam', 'config']) !== null,
          members: services.all.filter((one) => networksOf(services, one).includes(key)).map((one) => one.name),
          actual: actual.find((one) => one.name === name) ?? null,
          place: (...keys) => places.nearest(['networks', key, ...keys]),
        };
      });
    const names = own.map(({ name }) => name);
    const newest = services.all.flatMap(({ name }) =>
      stack
        .of(name)
        .slice(0, 1)
        .map((container) => [name, container] as const),
    );
    return {
      services,
      own,
      joined: own.filter(({ members }) => members.length > 0),
      others: actual.filter(({ name }) => !names.includes(name)),
      containers: new Map(newest),
    };
  });
}

/** The keys of the networks that a service joins. One that shares another's network is where that one is. */
export function networksOf({ all }: ComposeServices, { service }: Service): readonly string[] {
  const shared = /^service:(.+)$/.exec(service.network_mode ?? '')?.[1];
  const host = all.find(({ name }) => name === shared);
  return (host ?? { service }).service.networks;
}
