import { absentInside, notGranted, password } from './account-causes.ts';
import { malformed, notEncoded, quoted, scheme, tls } from './address-causes.ts';
import type { EtlCause, EtlRun } from './cause.ts';
import { lastChain, lastException } from './failure-lines.ts';
import { hostUnknown, refused } from './host-causes.ts';
import { mongoAccount, mongoUnreached, mongoUrl } from './mongo-causes.ts';
import { folderForFile, packagesHidden } from './mount-causes.ts';
import { denied, moduleMissing, numpyBroken, sourceRefuses, variableMissing } from './program-causes.ts';
import { redisAccount, redisUnreached } from './redis-causes.ts';

/** Ordered so that a cause comes before its consequences. */
const RULES: readonly ((run: EtlRun) => EtlCause | null)[] = [
  quoted,
  mongoUrl,
  mongoAccount,
  mongoUnreached,
  redisAccount,
  redisUnreached,
  notEncoded,
  scheme,
  hostUnknown,
  tls,
  refused,
  password,
  absentInside,
  notGranted,
  malformed,
  packagesHidden,
  folderForFile,
  denied,
  moduleMissing,
  sourceRefuses,
  variableMissing,
  numpyBroken,
];

/** Why a run failed: according to the end of its log, otherwise to all of it. Earlier attempts may show other causes. */
export function causeOf(run: EtlRun): EtlCause {
  for (const log of [lastChain(run.log), run.log]) {
    for (const rule of RULES) {
      const cause = rule({ ...run, log });
      if (cause) return cause;
    }
  }
  return {
    code: 'etl.failed',
    what: lastException(run.log) || 'son journal ne dit rien',
    where: { service: run.etl.name },
    look: `\`docker compose logs ${run.etl.name}\` montre tout ce qu’il a dit.`,
    inCode: true,
  };
}
