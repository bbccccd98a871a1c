import { sandboxName, TRIAL_LABEL } from '../../../lab-engine/trial-names.ts';
import { type ComposeDocument, literal } from './compose-document.ts';

export const OWN_ETL = 'etl';
export const OWN_DATABASE = 'postgres';

/** The base image of the brief, plus the packages only: the same list of packages reuses the same layer. */
export const OWN_DOCKERFILE = `FROM python:3.11-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
`;

interface OwnTerms {
  readonly trial: string;
  readonly project: string;
  /** The copied project. */
  readonly folder: string;
  readonly build: { readonly context: string; readonly dockerfile?: string };
  /** Folders of the image under `/app` that the mounted project must not hide: installed packages. */
  readonly kept: readonly string[];
  /** The values of the project's own `.env`. */
  readonly login: { readonly user: string; readonly password: string; readonly database: string };
}

/** Escale's own model, for a project without a working one: the code beside an empty database, under an account without privileges. */
export function ownDocument({ trial, project, folder, build, kept, login }: OwnTerms): ComposeDocument {
  const labels = { [TRIAL_LABEL]: trial };
  const { user, password, database } = login;
  const url = `postgresql://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${OWN_DATABASE}:5432/${encodeURIComponent(database)}`;
  const parts = { host: OWN_DATABASE, port: '5432', user, password, name: database };
  return {
    name: project,
    services: {
      [OWN_DATABASE]: {
        image: 'postgres:15-alpine',
        environment: escaped({ POSTGRES_USER: user, POSTGRES_PASSWORD: password, POSTGRES_DB: database }),
        networks: { default: { aliases: ['db', 'database', 'warehouse', 'postgresql'] } },
        restart: 'no',
        labels,
      },
      [OWN_ETL]: {
        image: `${project}-${OWN_ETL}`,
        build: { ...build, labels },
        entrypoint: ['python', 'etl_pipeline.py'],
        command: [],
        working_dir: '/app',
        healthcheck: { disable: true },
        user: '1000:1000',
        environment: escaped({ HOME: '/tmp', DATABASE_URL: url, ...spelled(parts) }),
        networks: { default: null },
        volumes: [{ type: 'bind', source: folder, target: '/app' }, ...kept.map((name) => ({ type: 'volume', target: `/app/${name}` }))],
        restart: 'no',
        labels,
      },
    },
    networks: { default: { labels } },
  };
}

/** The project of Escale's own model: with the course's image, or with the learner's. */
export function ownProject(trial: string, image: 'own' | 'image' = 'own'): string {
  return `${sandboxName(trial)}-${image}`;
}

/** The parts of a connection, under all names that programs usually read. */
function spelled({
  host,
  port,
  user,
  password,
  name,
}: Record<'host' | 'port' | 'user' | 'password' | 'name', string>): Record<string, string> {
  const families = ['POSTGRES', 'DB', 'DATABASE'].flatMap((family) => [
    [`${family}_HOST`, host],
    [`${family}_PORT`, port],
    [`${family}_USER`, user],
    [`${family}_PASSWORD`, password],
    [`${family}_NAME`, name],
  ]);
  const own = { POSTGRES_DB: name, PGHOST: host, PGPORT: port, PGUSER: user, PGPASSWORD: password, PGDATABASE: name };
  return { ...Object.fromEntries(families), ...own };
}

function escaped(environment: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, literal(value)]));
}
