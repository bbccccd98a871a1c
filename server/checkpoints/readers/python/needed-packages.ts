import type { PythonFile } from './read-program.ts';

/** What a module is installed from: one of these packages, or one that brings it along. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  pandas: ['pandas'],
  numpy: ['numpy', 'pandas'],
  requests: ['requests'],
  httpx: ['httpx'],
  aiohttp: ['aiohttp'],
  sqlalchemy: ['sqlalchemy'],
  psycopg2: ['psycopg2-binary', 'psycopg2'],
  psycopg: ['psycopg', 'psycopg-binary'],
  asyncpg: ['asyncpg'],
  pg8000: ['pg8000'],
  yaml: ['pyyaml'],
  dotenv: ['python-dotenv'],
  polars: ['polars'],
  pyarrow: ['pyarrow'],
  pydantic: ['pydantic'],
  tenacity: ['tenacity'],
  pymongo: ['pymongo'],
  redis: ['redis'],
  schedule: ['schedule'],
  loguru: ['loguru'],
};

const DRIVERS = ['psycopg2-binary', 'psycopg2', 'psycopg', 'psycopg-binary', 'asyncpg', 'pg8000'];

export interface Unlisted {
  readonly module: string;
  readonly package: string;
  readonly file: string;
  readonly line: number;
}

/** The first module that the program needs and that nothing in the list installs. */
export function unlistedImport(files: readonly PythonFile[], listed: readonly string[]): Unlisted | null {
  for (const { path, imports } of files) {
    for (const { module, line } of imports) {
      const packages = PACKAGES[module.split('.')[0] ?? ''];
      if (packages && !packages.some((name) => listed.includes(name))) return { module, package: packages[0] ?? module, file: path, line };
    }
  }
  return null;
}

/** Whether something can open a connection to PostgreSQL: SQLAlchemy alone cannot. */
export function hasDriver(listed: readonly string[]): boolean {
  return DRIVERS.some((driver) => listed.includes(driver));
}
