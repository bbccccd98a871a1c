import type { Where } from '../../../../contract/verdict.ts';
import { EscaleError } from '../../../errors/escale-error.ts';

const AWAY =
  /Temporary failure in name resolution|Network is unreachable|ProxyError|Read timed out|Connection (refused|reset|aborted)|Max retries exceeded|TLS handshake|failed to resolve source metadata|no such host/;
const ABSENT = /No matching distribution found for (\S+)/;
const CONFLICT = /ResolutionImpossible|conflicting dependencies/;

/** Why `pip install` failed. Throws where it could not reach its index, which is no fault of the learner's. */
export function refusedPackages(output: string): { observed: string; where: Where } {
  const absent = ABSENT.exec(output)?.[1];
  const where = { file: 'requirements.txt' };
  if (absent !== undefined && !AWAY.test(output)) return { observed: `pip ne trouve pas \`${absent}\``, where };
  if (CONFLICT.test(output)) return { observed: 'pip ne peut pas réunir ces versions : elles s’excluent', where };
  if (AWAY.test(output)) throw noIndex(output);
  const cause = output.split('\n').findLast((line) => /error/i.test(line)) ?? output.trim().split('\n').at(-1) ?? '';
  return {
    observed: `l’installation des paquets échoue : ${cause
      .replace(/^#\d+ [\d.]+ /, '')
      .trim()
      .slice(0, 300)}`,
    where,
  };
}

function noIndex(output: string): EscaleError {
  return new EscaleError(
    'unavailable',
    'trial.no-index',
    {
      message: 'Les paquets de l’essai n’ont pas pu être installés : l’index ne répond pas.',
      hint: 'Vérifiez l’accès au réseau par `escale doctor`, puis relancez l’essai.',
    },
    { cause: new Error(output.slice(-2000)) },
  );
}
