/** A mistake in how the program reaches its database, as its log tells. */
export interface CrashCause {
  /** The end of a code. */
  readonly code: 'tls' | 'password-not-encoded';
  /** French. */
  readonly what: string;
  readonly look: string;
  /** The line of code that is to blame. */
  readonly written: RegExp;
}

const CAUSES: readonly (CrashCause & { readonly says: RegExp })[] = [
  {
    code: 'tls',
    says: /server does not support SSL, but SSL was required|rejected SSL upgrade|Server refuses SSL|SSL is not enabled on the server/i,
    what: 'le programme exige une connexion chiffrée (TLS) d’un PostgreSQL qui n’en offre pas (server does not support SSL)',
    look: 'Retirez `sslmode=require` : entre les conteneurs d’un même réseau, l’image `postgres` répond sans TLS.',
    written: /sslmode|ssl(_context)?\s*=/i,
  },
  {
    code: 'password-not-encoded',
    says: /could not translate host name "[^"\n]*[@/%][^"\n]*"|failed to resolve host '[^'\n]*@|invalid literal for int\(\) with base 10: '[^'\n]*(@|[^\d'\n])|Port could not be cast|invalid integer value "[^"\n]*" for connection option "port"|invalid percent-encoded token|Could not parse (SQLAlchemy|rfc1738) URL/,
    what: 'l’adresse de la base se coupe au mauvais endroit : un mot de passe qui contient `@`, `:`, `/` ou `%` doit y être encodé',
    look: 'Composez l’adresse par `URL.create(…)` de SQLAlchemy, ou encodez le mot de passe par `urllib.parse.quote_plus`.',
    written: /postgres(ql)?(\+\w+)?:\/\/|create_engine\(|psycopg2?\.connect\(/,
  },
];

/** The cause, if the log shows one of these. It quotes nothing of the log, which may hold a part of the password. */
export function crashCause(log: string): CrashCause | null {
  return (
    CAUSES.find(
      ({ code, says }) => says.test(log) && (code === 'tls' || /OperationalError|ProgrammingError|ArgumentError|ValueError/.test(log)),
    ) ?? null
  );
}

/** The path that a program could not open because a file or a folder is absent, or null. */
export function absentPath(log: string): string | null {
  return /(?:No such file or directory|non-existent directory): '([^'\n]+)'/.exec(log)?.[1] ?? null;
}
