import { EscaleError } from '../errors/escale-error.ts';
import { findHostEngine, type HostEngine } from './host-engine.ts';

/** The first engine that answers; throws `engine.unreachable` when none does. */
export async function requireHostEngine(addresses: readonly string[]): Promise<HostEngine> {
  const engine = await findHostEngine(addresses);
  if (engine === null) throw engineUnreachable(addresses);
  return engine;
}

export function engineUnreachable(addresses: readonly string[]): EscaleError {
  return new EscaleError('unavailable', 'engine.unreachable', {
    message: `Aucun moteur Docker ne répond (cherché : ${addresses.join(', ')}).`,
    hint: 'Démarrez Docker (Docker Desktop, ou « sudo systemctl start docker »), ou installez-le : « npx escale doctor » dit comment.',
  });
}
