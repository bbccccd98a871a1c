import type { Files } from './judged-lab.ts';

const ETL = `services:
  etl:
    build: .
    environment:
      DATABASE_URL: postgresql://dataeng:\${POSTGRES_PASSWORD}@postgres:5432/warehouse
    volumes:
      - ./logs:/app/logs
      - ./data:/app/data
`;
/** A project without a Compose file. */
export const BARE: Files = {
  '.env': 'POSTGRES_PASSWORD=Maree-Basse\n',
  'logs/.gitkeep': '',
  'data/raw/.gitkeep': '',
  'data/processed/.gitkeep': '',
};

/** A stack without a database, which starts in a second: an ETL of a few shell lines, and additional services. */
export function stack(script: string, services = ''): Files {
  const Dockerfile = `FROM busybox\nWORKDIR /app\nCOPY run.sh .\nCMD ["sh", "run.sh"]\n`;
  return { ...BARE, 'docker-compose.yml': ETL + services, Dockerfile, 'run.sh': `${script}\n` };
}

/** The same with a database. */
export const WITH_DATABASE = `    depends_on:
      postgres:
        condition: service_healthy
  postgres:
    image: postgres:15-alpine
    environment:
      POSTGRES_USER: dataeng
      POSTGRES_PASSWORD: \${POSTGRES_PASSWORD}
      POSTGRES_DB: warehouse
    volumes:
      - postgres_data:/var/lib/postgresql/data
    healthcheck:
      test: pg_isready -h 127.0.0.1 -U dataeng -d warehouse
      interval: 1s
      retries: 90
volumes:
  postgres_data:
`;

/** A project with this Compose file instead of the usual one. */
export function compose(text: string | Buffer, name = 'docker-compose.yml'): Files {
  return { ...BARE, Dockerfile: 'FROM busybox\n', [name]: text };
}

const GOOD = ETL + WITH_DATABASE;

/** The same mapping merged into itself repeatedly: a few lines that expand exponentially. */
const UNFOLDING = `x-0: &x0 {a: b}\n${Array.from({ length: 40 }, (_, at) => `x-${at + 1}: &x${at + 1}\n  <<: [*x${at}, *x${at}]\n`).join('')}${GOOD}`;

/** The name, the project, and the expected text. */
type Case = readonly [name: string, files: Files, expected: RegExp];

const big = `# ${'x'.repeat(10_000_000)}\n`;
/** Compose files, and the expected text of 1.4/compose. */
export const BAD_COMPOSE: readonly Case[] = [
  ['is not there', BARE, /^not-met compose\.absent docker-compose\.yml:\n.*aucun fichier/],
  ['has another name', compose(GOOD, 'compose.yaml'), /^met\ncompose\.other-name .*`compose\.yaml`/],
  ['is there twice', { ...compose(GOOD), 'compose.yaml': GOOD }, /^met\ncompose\.two-files .*laisse de côté `docker-compose\.yml`/],
  ['has 10 MB', compose(GOOD + big), /^not-met compose\.too-large docker-compose\.yml:\n.*128 Ko/],
  ['has an override of 10 MB', { ...compose(GOOD), 'compose.override.yml': big }, /^not-met compose\.too-large compose\.override\.yml:/],
  ['is a folder', compose('', 'docker-compose.yml/lu'), /^not-met compose\.unreadable docker-compose\.yml:/],
  ['is no text', compose(Buffer.from([0, 255, 254])), /^not-met compose\.unreadable docker-compose\.yml:/],
  ['is a list', compose('- postgres\n'), /^not-met compose\.no-key docker-compose\.yml:1\n/],
  ['names no service', compose('services:\n'), /^not-met compose\.bad-value docker-compose\.yml:1\n.*services:/],
  ['is cut in a list', compose(`${GOOD}x: [1, 2\n`), /^not-met compose\.unclosed docker-compose\.yml:26\n/],
  ['unfolds without end', compose(UNFOLDING), /^not-met compose\.too-slow docker-compose\.yml:\n.*ne termine pas/],
];

const cache = (lines: string) => `  cache:\n    image: busybox\n${lines}`;
const unhealthy = cache('    command: sleep 900\n    healthcheck: {test: "echo pas encore; exit 1", interval: 1s, retries: 2}\n');
const waits = `    depends_on: {cache: {condition: service_healthy}}\n${unhealthy}`;
/** Stacks that `up` does not bring into the wanted state, and the expected text of 1.4/up. */
export const BAD_STACKS: readonly Case[] = [
  [
    'ends at once',
    stack('echo "ValueError: boum" >&2; exit 3'),
    /^not-met etl\.failed docker-compose\.yml:2\netl\n(.*\n)*.*code 3 : ValueError: boum/,
  ],
  [
    'is killed by its program’s absence',
    { ...stack(''), Dockerfile: 'FROM busybox\nCMD ["absent"]\n' },
    /^not-met up\.cannot-start docker-compose\.yml:2\netl\n(.*\n)*.*"absent"/,
  ],
  [
    'has another service that ends',
    stack('true', cache('    command: sh -c "echo error plus de place; exit 9"\n')),
    /^not-met up\.exited docker-compose\.yml:9\ncache\n(.*\n)*.*code 9 : error plus de place/,
  ],
  [
    'has one that restarts for ever',
    stack('true', cache('    restart: always\n    command: sh -c "echo error encore; exit 9"\n')),
    /^not-met up\.restarting docker-compose\.yml:9\ncache\n(.*\n)*.*redémarre sans fin.*encore/,
  ],
  [
    'has one that never becomes healthy',
    stack('true', unhealthy),
    /^not-met up\.unhealthy docker-compose\.yml:12\ncache\n(.*\n)*.*pas encore/,
  ],
  ['waits for one that never does', stack('true', waits), /^not-met up\.unhealthy docker-compose\.yml:13\ncache\n(.*\n)*.*pas encore/],
];
