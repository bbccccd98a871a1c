/** How a service of the brief is recognised in a learner's Compose file, whatever its name, and which criterion owns it. */
export interface ServiceKind {
  /** The name of its image, or of its Dockerfile's base image, without registry and tag. */
  readonly image?: RegExp;
  /** The path of the Dockerfile that it is built from, in the project folder. */
  readonly build?: RegExp;
  /** Usual names of such a service: the brief's own, then a pattern. */
  readonly names: readonly [string, RegExp?];
  /** The criterion that says what is wrong when the service is missing. All others are blocked by it. */
  readonly owner: string;
  /** French, after « le fichier Compose n’a pas de ». */
  readonly called: string;
}

export type ServiceName = 'postgres' | 'etl' | 'mongodb' | 'redis' | 'api';

/** The services that criteria ask for. */
export const SERVICES: Readonly<Record<ServiceName, ServiceKind>> = {
  postgres: {
    image: /^(postgres|postgresql|postgis|timescaledb(-ha)?|pgvector)$/i,
    names: ['postgres'],
    owner: '1.4/postgres',
    called: 'service PostgreSQL',
  },
  etl: {
    build: /^Dockerfile$/,
    names: ['etl', /etl|pipeline/i],
    owner: '1.4/etl-service',
    called: 'service construit depuis votre Dockerfile',
  },
  mongodb: {
    image: /^(mongo|mongodb-community-server|percona-server-mongodb)$/i,
    names: ['mongodb', /mongo/i],
    owner: '2.1/service',
    called: 'service MongoDB',
  },
  redis: {
    image: /^(redis|redis-stack(-server)?|valkey|keydb)$/i,
    names: ['redis', /redis|cache/i],
    owner: '2.2/service',
    called: 'service Redis',
  },
  api: {
    build: /^api\//,
    names: ['api', /api/i],
    owner: '2.3/service',
    called: 'service construit depuis `api/`',
  },
};
