import { EscaleError } from '../../../errors/escale-error.ts';
import type { ToolResult } from '../../definitions.ts';

const AWAY =
  /Temporary failure (in name resolution|resolving)|Network is unreachable|ProxyError|Read timed out|Connection (refused|reset|aborted)|Max retries exceeded|Could not connect to/;

/** Throws if a build took too long or could not reach its package index: that tells nothing about the learner's work. */
export function requireBuilt(result: ToolResult): ToolResult {
  if (result.timedOut) throw unbuilt('La construction de l’image de l’essai n’est pas finie après vingt minutes.', result);
  if (result.code !== 0 && AWAY.test(result.stderr))
    throw unbuilt('Les paquets de l’essai n’ont pas pu être installés : leur index ne répond pas.', result);
  return result;
}

function unbuilt(message: string, { stderr }: ToolResult): EscaleError {
  const hint = 'Vérifiez l’accès au réseau par `escale doctor`, construisez l’image par `docker compose build`, puis relancez l’essai.';
  return new EscaleError('unavailable', 'trial.not-built', { message, hint }, { cause: new Error(stderr.slice(-2000)) });
}
