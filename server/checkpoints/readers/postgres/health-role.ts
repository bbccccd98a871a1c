import type { ComposeService } from '../compose/model.ts';

/** The account that a health check asks for, and the one with which the database was made. */
interface HealthRole {
  readonly asked: string;
  readonly made: string;
}

/**
 * The account of a health check by `pg_isready` or `psql`, if it is not the database's own. `pg_isready` says yes whatever the
 * account, and PostgreSQL logs a refusal each time; without `-U`, it asks for the account of the system, root.
 */
export function strangerInHealth({ healthcheck, environment }: ComposeService): HealthRole | null {
  const command = (healthcheck?.test ?? []).slice(1).join(' ');
  if (!/\b(pg_isready|psql)\b/.test(command) || /postgres(ql)?:\/\/|service=|user=/.test(command)) return null;
  const made = environment.POSTGRES_USER || 'postgres';
  if (environment.POSTGRES_USER_FILE) return null;
  const written = /(?:^|\s)(?:-U|--username)[=\s]*["']?([^\s"']+)/.exec(command)?.[1] ?? environment.PGUSER ?? 'root';
  const asked = written.replace(/^\$\{?(\w+)\}?$/, (whole, name: string) => environment[name] ?? whole);
  return asked === made || asked.includes('$') ? null : { asked, made };
}
