import type { Where } from '../../../../contract/verdict.ts';
import type { Service } from '../compose/compose-services.ts';
import { type ComposeProject, placeOf } from '../compose/read-compose.ts';
import { folderForFile, packagesHidden } from '../logs/mount-causes.ts';

/** A failure of a service whose words are known. */
interface KnownFailure {
  readonly code: string;
  /** French; it follows the service's name and how it ended. */
  readonly what: string;
  readonly look: string;
  readonly where: Where;
}

interface Failing {
  readonly project: ComposeProject;
  readonly service: Service;
  /** The container's log, or the engine's reason. */
  readonly log: string;
}

/** Why a service other than the ETL stopped, if its log has words that are known. */
export function knownFailure(failing: Failing): KnownFailure | null {
  const { log, project, service } = failing;
  const at = (...keys: string[]) => placeOf(project, service.name, ...keys);
  if (/database files are incompatible|in 18\+, these Docker images/.test(log))
    return {
      code: 'up.database-version',
      what: 'son volume vient d’une autre version de PostgreSQL, ou est monté pour une autre version',
      look: 'Reprenez la version du volume (`postgres:15-alpine`), ou refaites le volume s’il ne contient rien à garder.',
      where: at('image'),
    };
  if (/superuser password is not specified/.test(log))
    return {
      code: 'up.database-no-password',
      what: 'sans `POSTGRES_PASSWORD`, la base refuse de naître',
      look: 'Donnez-lui une valeur dans `.env`, et nommez-la sous `environment` de ce service.',
      where: at('environment'),
    };
  if (/valid e-?mail address/i.test(log))
    return {
      code: 'up.pgadmin-email',
      what: 'pgAdmin refuse l’adresse de `PGADMIN_DEFAULT_EMAIL`',
      look: 'Un domaine réservé (`.local`, `.test`, `localhost`) ne lui convient pas : prenez une adresse en `@example.com`.',
      where: at('environment', 'PGADMIN_DEFAULT_EMAIL'),
    };
  const folder = folderForFile({ log, project, etl: service });
  return folder && { code: 'up.folder-for-file', what: folder.what, look: folder.look, where: folder.where };
}

/** Why the engine could not start a container, if its words are known. `env`: the container's variables. */
export function knownRefusal(failing: Failing, env: readonly string[]): KnownFailure | null {
  const { log, project, service } = failing;
  const mount = folderForFile({ log, project, etl: service });
  if (mount) return { code: 'up.folder-for-file', what: mount.what, look: mount.look, where: mount.where };
  if (/not found in \$PATH|no such file or directory/.test(log)) {
    const hidden = packagesHidden({ log, project, etl: service, database: null, env });
    if (hidden) return { code: hidden.code, what: hidden.what, look: hidden.look, where: hidden.where };
  }
  const user = /unable to find (user|group) (\S+): no matching entries/.exec(log);
  if (user)
    return {
      code: 'up.user-unknown',
      what: `l’image n’a pas ${user[1] === 'user' ? 'de compte' : 'de groupe'} \`${user[2]}\``,
      look: 'Retirez `user` de ce service, ou donnez le nombre d’un compte (`id -u`).',
      where: placeOf(project, service.name, 'user'),
    };
  if (/Address already in use/.test(log))
    return {
      code: 'up.address-taken',
      what: 'l’adresse fixe de `ipv4_address` est déjà prise par un autre conteneur',
      look: 'Retirez `ipv4_address` : les services se joignent par leurs noms.',
      where: placeOf(project, service.name, 'networks'),
    };
  return null;
}
