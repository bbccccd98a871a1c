/** How a service of the brief is told apart in a learner's Compose file, whatever its name, and which criterion owns it. */
export interface ServiceKind {
  /** What its image is, or begins with, without registry and tag. */
  readonly image?: RegExp;
  /** The Dockerfile that it is built from, in the project folder. */
  readonly build?: string;
  /** What a service of this kind is usually called; the brief's own name first. */
  readonly names: readonly [string, RegExp?];
  /** The criterion that says what is wrong when the service is missing. All others are blocked by it. */
  readonly owner: string;
  /** French, after « le fichier Compose n’a pas de ». */
  readonly called: string;
}

export type ServiceName = 'postgres' | 'etl';

/** The services that criteria ask for. */
export const SERVICES: Readonly<Record<ServiceName, ServiceKind>> = {
  postgres: {
    image: /^(postgres|postgresql|postgis|timescaledb(-ha)?|pgvector)$/i,
    names: ['postgres'],
    owner: '1.4/postgres',
    called: 'service PostgreSQL',
  },
  etl: {
    build: 'Dockerfile',
    names: ['etl', /etl|pipeline/i],
    owner: '1.4/etl-service',
    called: 'service construit depuis votre Dockerfile',
  },
};
