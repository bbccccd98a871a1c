import { sandboxName, TRIAL_LABEL } from '../../../lab-engine/trial-names.ts';
import { type ComposeDocument, literal } from './compose-document.ts';

export const OWN_ETL = 'etl';
export const OWN_DATABASE = 'postgres';

/** The base that the brief names; the packages are all that is added, so that its layer is made once for a list of them. */
export const OWN_DOCKERFILE = `FROM python:3.11-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
`;

interface OwnTerms {
  readonly trial: string;
  readonly project: string;
  /** Of the copied project. */
  readonly folder: string;
  /** Holds the Dockerfile and the list of packages. */
  readonly context: string;
  /** As the project's own `.env` has them. */
  readonly login: { readonly user: string; readonly password: string; readonly database: string };
}

/** A model of Escale's own, for a project that has none that works: the code beside an empty database, as an account without privilege. */
export function ownDocument({ trial, project, folder, context, login }: OwnTerms): ComposeDocument {
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
        build: { context, labels },
        command: ['python', 'etl_pipeline.py'],
        user: '1000:1000',
        environment: escaped({ HOME: '/tmp', DATABASE_URL: url, ...spelled(parts) }),
        networks: { default: null },
        volumes: [{ type: 'bind', source: folder, target: '/app' }],
        restart: 'no',
        labels,
      },
    },
    networks: { default: { labels } },
  };
}

export function ownProject(trial: string): string {
  return `${sandboxName(trial)}-own`;
}

/** The names under which programs look for the parts of a connection. */
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
