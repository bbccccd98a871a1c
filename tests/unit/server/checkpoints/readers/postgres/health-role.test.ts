import { expect, it } from 'vitest';
import { composeModelSchema } from '../../../../../../server/checkpoints/readers/compose/model.ts';
import { strangerInHealth } from '../../../../../../server/checkpoints/readers/postgres/health-role.ts';

function strangerOf(command: string, environment: Record<string, string> = { POSTGRES_USER: 'dataeng' }) {
  const healthcheck = { test: ['CMD-SHELL', command] };
  const { services } = composeModelSchema.parse({ name: 'p', services: { postgres: { image: 'postgres:15', healthcheck, environment } } });
  return services.postgres && strangerInHealth(services.postgres)?.asked;
}

it.each([
  ['pg_isready', 'root'],
  ['pg_isready -h 127.0.0.1', 'root'],
  ['pg_isready -U postgres', 'postgres'],
  ['pg_isready --username=admin', 'admin'],
  ['psql -U "etl" -c "SELECT 1"', 'etl'],
])('names the account that PostgreSQL does not know: %s', (command, asked) => {
  expect(strangerOf(command)).toBe(asked);
});

it.each([
  ['pg_isready -U dataeng', { POSTGRES_USER: 'dataeng' }],
  ['pg_isready -U $POSTGRES_USER', { POSTGRES_USER: 'dataeng' }],
  [`pg_isready -U \${POSTGRES_USER} -d \${POSTGRES_DB}`, { POSTGRES_USER: 'dataeng' }],
  ['pg_isready', { POSTGRES_USER: 'dataeng', PGUSER: 'dataeng' }],
  ['pg_isready -U postgres', {}],
  ['pg_isready -d postgresql://dataeng@127.0.0.1/warehouse', { POSTGRES_USER: 'dataeng' }],
  ['pg_isready', { POSTGRES_USER_FILE: '/run/secrets/user' }],
  ['pg_isready -U "$(cat /run/secrets/user)"', { POSTGRES_USER: 'dataeng' }],
  ['nc -z 127.0.0.1 5432', { POSTGRES_USER: 'dataeng' }],
])('finds nothing to say of %s with %j', (command, environment) => {
  expect(strangerOf(command, environment)).toBeUndefined();
});
