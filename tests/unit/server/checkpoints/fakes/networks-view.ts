import type { NetworkFacts } from '../../../../../server/lab-engine/definitions.ts';
import { composeSubject, containerOf, FOLDER } from './compose-subject.ts';
import { viewOf } from './view-of.ts';

/** A network of the engine. */
export const net = (name: string, subnet: string, over: Partial<NetworkFacts> = {}): NetworkFacts => ({
  name,
  driver: 'bridge',
  internal: false,
  subnets: [subnet],
  ...over,
});

export const RANGED = 'ipam: { config: [{ subnet: 172.28.0.0/16, gateway: 172.28.0.1 }] }';

interface NetworksCase {
  /** What each service has of networks, as YAML: `networks: [data]`. */
  readonly joins?: Readonly<Partial<Record<'postgres' | 'redis' | 'etl' | 'api', string>>>;
  /** What the file declares, as YAML. */
  readonly declared?: Readonly<Record<string, string>>;
  readonly actual?: readonly NetworkFacts[];
  /** The networks of each container. Null: nothing runs. */
  readonly running?: Readonly<Record<string, readonly string[]>> | null;
  /** What `cat /proc/net/route` prints. */
  readonly routes?: string;
}

const BOTH = { postgres: 'networks: [data]', redis: 'networks: [data]', etl: 'networks: [data]', api: 'networks: [data, watch]' };
const OF = { postgres: ['project_data'], redis: ['project_data'], etl: ['project_data'], api: ['project_data', 'project_watch'] };
const ACTUAL = [net('bridge', '172.17.0.0/16'), net('project_data', '172.28.0.0/16'), net('project_watch', '172.18.0.0/16')];

/** A look at a stack of four services, which are on two networks unless told otherwise. */
export function networksView({ joins = {}, declared = {}, actual = ACTUAL, running = {}, routes = '' }: NetworksCase = {}) {
  const join = { ...BOTH, ...joins };
  const networks = Object.entries({ data: RANGED, watch: '', ...declared }).filter(([, text]) => text !== 'absent');
  const compose = `name: project
services:
  postgres:
    image: postgres:15-alpine
    ${join.postgres}
  redis:
    image: redis:7-alpine
    ports: [{ target: 6379, published: "6379" }]
    ${join.redis}
  etl:
    build: .
    environment: { DATABASE_URL: 'postgresql://a:b@postgres:5432/w', REDIS_HOST: redis }
    ${join.etl}
  api:
    build: { context: ${FOLDER}/api, dockerfile: Dockerfile }
    environment: { DATABASE_URL: 'postgresql://a:b@postgres:5432/w' }
    ${join.api}
networks:
${networks.map(([key, text]) => `  ${key}: ${text.includes(':') ? `{ ${text} }` : ''}`).join('\n')}
`;
  const subject = composeSubject(compose, {}, { cat: routes });
  subject.engine.nets.push(...actual);
  if (running !== null)
    for (const [service, on] of Object.entries({ ...OF, ...running })) subject.engine.running.push(containerOf(service, { networks: on }));
  return viewOf(subject);
}
