import { EscaleError } from '../errors/escale-error.ts';
import { findHostEngine, type HostEngine, lookAt } from './host-engine.ts';

/** The first engine that answers; throws the error of `noEngine` if none does. */
export async function requireHostEngine(addresses: readonly string[]): Promise<HostEngine> {
  const engine = await findHostEngine(addresses);
  if (engine === null) throw await noEngine(addresses);
  return engine;
}

/** Why there is no engine: `engine.denied` if one exists but denies access to this user, else `engine.unreachable`. */
export async function noEngine(addresses: readonly string[]): Promise<EscaleError> {
  const sights = await Promise.all(addresses.map(lookAt));
  const denied = addresses[sights.indexOf('denied')];
  if (denied !== undefined) {
    return new EscaleError('unavailable', 'engine.denied', {
      message: `Un moteur Docker écoute sur ${denied}, mais votre compte n’a pas le droit de lui parler.`,
      hint: 'Ajoutez votre compte au groupe docker (« sudo usermod -aG docker $USER »), puis ouvrez une nouvelle session.',
    });
  }
  return new EscaleError('unavailable', 'engine.unreachable', {
    message: `Aucun moteur Docker ne répond (cherché : ${addresses.join(', ')}).`,
    hint: 'Démarrez Docker (Docker Desktop, ou « sudo systemctl start docker »), ou installez-le : « npx escale doctor » dit comment.',
  });
}
