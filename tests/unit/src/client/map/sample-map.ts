import { type DrawnMap, type MapService, stackMapSchema } from '../../../../../contract/stack-map.ts';

type Container = NonNullable<MapService['container']>;
type Over = Partial<Omit<MapService, 'container'>> & { readonly container?: Partial<Container> | null };

/** A running service on `default` that listens on a port. */
export function service(name: string, over: Over = {}): MapService {
  const networks = over.networks ?? ['default'];
  const container: Container = {
    name: `etl-${name}-1`,
    running: true,
    exitCode: 0,
    error: '',
    health: null,
    networks: networks.map((network) => `etl_${network}`),
    listening: [{ port: 5432, loopback: false }],
    published: [],
    outdated: false,
    cpuPercent: 1,
    memoryBytes: 2 ** 25,
  };
  return {
    name,
    image: 'postgres:15-alpine',
    byDefault: true,
    names: [name],
    mode: '',
    ports: [],
    volumes: [],
    waitsFor: [],
    asks: [],
    elsewhere: [],
    state: over.container === null ? 'absent' : 'good',
    ...over,
    networks,
    container: over.container === null ? null : { ...container, ...over.container },
  };
}

/** A map of these services, on the networks that they name. */
export function mapOf(services: readonly MapService[], over: Partial<DrawnMap> = {}): DrawnMap {
  const names = [...new Set(services.flatMap(({ networks }) => networks))];
  const networks = names.map((name) => ({
    name,
    engineName: `etl_${name}`,
    internal: false,
    subnets: [],
    actual: { internal: false, subnets: ['172.18.0.0/16'] },
  }));
  const map = { state: 'drawn', file: 'docker-compose.yml', services, left: 0, networks, volumes: [], talks: [], orphans: [], ...over };
  const parsed = stackMapSchema.parse(map);
  if (parsed.state !== 'drawn') throw new Error('not drawn');
  return parsed;
}
