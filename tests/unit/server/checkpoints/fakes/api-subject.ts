import type { HttpReply, HttpRequest } from '../../../../../server/checkpoints/network/definitions.ts';
import type { ContainerFacts, ImageFacts, NetworkFacts } from '../../../../../server/lab-engine/definitions.ts';
import { composeSubject, containerOf, FOLDER } from './compose-subject.ts';
import { noNetwork } from './no-network.ts';
import { solutionImage } from './solution-subject.ts';
import { viewOf } from './view-of.ts';

const COMPOSE = `name: project
services:
  postgres:
    image: postgres:15-alpine
  api:
    build: { context: ${FOLDER}/api, dockerfile: Dockerfile }
    environment:
      DATABASE_URL: postgresql://dataeng:x@postgres:5432/warehouse
    ports: [{ target: 8000, published: "8000" }]
`;
const DOCKERFILE = `FROM python:3.11-slim
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY main.py .
USER 1000
CMD ["uvicorn", "main:app", "--host", "0.0.0.0"]
`;
export const MAIN = `app = FastAPI(title="DataStream API")
@app.get("/")
@app.get("/users")
@app.get("/users/{user_id}")
    cached("user", read)
@app.get("/stats")
`;

/** A row of the table, as PostgreSQL writes it. Users 1 and 2 live in one city. */
export function userRow(id: number, over: Readonly<Record<string, unknown>> = {}) {
  return {
    id,
    name: `Nom ${id}`,
    username: `u${id}`,
    email: `u${id}@example.test`,
    phone: '01',
    city: id < 3 ? 'Nice' : `Ville ${id}`,
    zipcode: `0600${id}`,
    lat: 43.7,
    lng: 7.25,
    extracted_at: '2026-01-02T10:00:00.123456+00:00',
    ...over,
  };
}

type Answer = Partial<HttpReply> | 'closed' | undefined;

interface ApiCase {
  readonly compose?: string;
  readonly files?: Record<string, string>;
  /** By path; what is not here is a 404 of FastAPI's. A list is given one by one, the last for ever. */
  readonly answers?: Readonly<Record<string, Answer | readonly Answer[]>>;
  readonly rows?: readonly object[] | null;
  readonly api?: Partial<ContainerFacts>;
  readonly others?: readonly ContainerFacts[];
  /** What `cat` prints of the kernel's tables. */
  readonly sockets?: string;
  readonly log?: string;
  /** The file of the image that is older than the project's. */
  readonly older?: string;
  readonly networks?: readonly NetworkFacts[];
}

/** A look at a stack with a database and an API. */
export function apiView({
  compose = COMPOSE,
  files = {},
  answers = {},
  rows = [1, 2, 3].map((id) => userRow(id)),
  ...stack
}: ApiCase = {}) {
  const project = { 'api/Dockerfile': DOCKERFILE, 'api/main.py': MAIN, 'api/requirements.txt': 'fastapi\n', ...files };
  const subject = composeSubject(compose, project);
  const { engine } = subject;
  engine.all.push(apiImage());
  for (const [path, text] of Object.entries(project))
    if (/\.(py|txt)$/.test(path)) engine.files.set(`/app/${path.slice('api/'.length)}`, text);
  if (stack.older) engine.files.set(stack.older, 'older\n');
  engine.running.push(containerOf('api', apiContainer(stack.api)), containerOf('postgres'), ...(stack.others ?? []));
  engine.nets.push(...(stack.networks ?? []));
  engine.log = stack.log ?? '';
  const asked = new Map<string, number>();
  const http = async (_at: unknown, { path }: HttpRequest) => {
    const count = asked.get(path) ?? 0;
    asked.set(path, count + 1);
    const given = answers[path];
    const one = Array.isArray(given) ? given[Math.min(count, given.length - 1)] : given;
    if (one === 'closed') return { failure: { kind: 'closed' as const, said: 'il a coupé la connexion' } };
    return {
      answer: { status: 404, headers: {}, body: '{"detail":"Not Found"}', truncated: false, path, ...(one && { status: 200, ...one }) },
    };
  };
  const execIn = async (_: string, { argv }: { argv: readonly string[] }) => ({
    code: argv[0] === 'cat' && stack.sockets === undefined ? 127 : 0,
    timedOut: false,
    output: argv[0] === 'cat' ? (stack.sockets ?? '') : psql(rows, argv.at(-1) ?? ''),
  });
  return viewOf({ ...subject, engine: Object.assign(engine, { execIn }), network: { ...noNetwork, http } });
}

/** A JSON answer. */
export const json = (value: unknown): Partial<HttpReply> => ({ body: JSON.stringify(value) });

function apiContainer(over: Partial<ContainerFacts> = {}): Partial<ContainerFacts> {
  return {
    image: apiImage().id,
    addresses: { project_default: '172.18.0.3' },
    ports: [{ container: 8000, host: 8000, address: '127.0.0.1' }],
    ...over,
  };
}

function apiImage(): ImageFacts {
  const history = [
    'WORKDIR /app',
    'COPY requirements.txt . # buildkit',
    'RUN /bin/sh -c pip install -r requirements.txt # buildkit',
    'COPY main.py . # buildkit',
    'USER 1000',
    'CMD ["uvicorn" "main:app" "--host" "0.0.0.0"]',
  ];
  return {
    ...solutionImage(),
    id: 'sha256:api',
    tags: ['project-api:latest'],
    user: '1000',
    cmd: ['uvicorn', 'main:app', '--host', '0.0.0.0'],
    health: null,
    history: history.map((createdBy) => ({ createdBy, sizeBytes: 0 })),
  };
}

function psql(rows: readonly object[] | null, sql: string): string {
  if (sql.includes('to_regclass')) return JSON.stringify({ visible: rows !== null, schemas: [] });
  if (sql.includes('pg_database')) return '[]';
  const columns = Object.keys(rows?.[0] ?? {}).map((name) => ({ name, type: 'text' }));
  return JSON.stringify({ count: rows?.length ?? 0, oid: 1, columns, rows: rows ?? [] });
}
