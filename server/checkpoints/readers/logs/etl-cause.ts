import type { EtlCause, EtlRun } from './cause.ts';
import { absentInside, hostUnknown, password, refused } from './connection-causes.ts';
import { lastChain, lastException } from './failure-lines.ts';
import { denied, moduleMissing, numpyBroken, sourceRefuses, variableMissing } from './program-causes.ts';

/** In the order in which one explains the others. */
const RULES: readonly ((run: EtlRun) => EtlCause | null)[] = [
  hostUnknown,
  refused,
  password,
  absentInside,
  denied,
  moduleMissing,
  sourceRefuses,
  variableMissing,
  numpyBroken,
];

/** Why a run failed: by what its log says last, else by all of it; attempts that came before say other things. */
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
