import type { Diagnosis, Where } from '../../../../contract/verdict.ts';
import type { LabView } from '../../definitions.ts';
import type { ComposeServices, Service } from '../compose/compose-services.ts';
import { startsByDefault } from '../compose/model.ts';
import { sharedPort } from '../compose/published-ports.ts';
import { type ComposeProject, placeOf } from '../compose/read-compose.ts';

type Refusal = Omit<Diagnosis, 'expected'>;

/** What `docker compose config` accepts and `docker compose up` or the engine refuses, whatever runs now. Null if there is nothing. */
export async function upRefusal(view: LabView, services: ComposeServices): Promise<Refusal | null> {
  const { project, all } = services;
  const started = all.filter(({ service }) => startsByDefault(service));
  return (
    badImageName(project, started) ??
    mountedTwice(project, started) ??
    publishedTwice(services) ??
    (await externalAbsent(view, project, started))
  );
}

/** A name of an image, without registry and tag, has no capitals. */
function badImageName(project: ComposeProject, services: readonly Service[]): Refusal | null {
  for (const { name, service } of services) {
    const path = (service.image ?? '').split('@')[0]?.replace(/:[^/]*$/, '') ?? '';
    const own = /^[^/]*[.:][^/]*\//.test(path) ? path.slice(path.indexOf('/') + 1) : path;
    if (own === own.toLowerCase()) continue;
    return {
      code: 'up.image-name',
      observed: `l’image \`${service.image}\` du service \`${name}\` a des majuscules dans son nom : le moteur la refuse, et \`docker compose up\` s’arrête là`,
      where: placeOf(project, name, 'image'),
      look: `Un nom d’image s’écrit en minuscules : \`image: ${own.toLowerCase()}\`${service.build ? ', ou retirez cette ligne : `build` suffit' : ''}.`,
    };
  }
  return null;
}

/** Compose merges two mounts of `volumes` on one path, but the engine refuses a mount and a `tmpfs`. */
function mountedTwice(project: ComposeProject, services: readonly Service[]): Refusal | null {
  for (const { name, service } of services) {
    const paths = service.tmpfs.map(({ target }) => target.replace(/(?<=.)\/+$/, ''));
    const twice = paths.find((path, index) => paths.indexOf(path) !== index || service.volumes.some(({ target }) => target === path));
    if (twice === undefined) continue;
    const where = {
      ...project.places.entry(['services', name, 'tmpfs'], twice, (item) => item.split(':')[0]?.replace(/\/+$/, '') === twice),
      service: name,
    };
    return {
      code: 'up.mounted-twice',
      observed: `\`${twice}\` reçoit deux montages : un de \`volumes\` et un \`tmpfs\` ; le moteur refuse de créer le conteneur (Duplicate mount point)`,
      where,
      look: `Gardez-en un seul. Un \`tmpfs\` est en mémoire : pour garder les fichiers de \`${twice}\`, retirez-le.`,
    };
  }
  return null;
}

function publishedTwice({ project, of }: ComposeServices): Refusal | null {
  const { services } = project.model;
  const shared = sharedPort(project.model, (name) => services[name] !== undefined && startsByDefault(services[name]));
  if (!shared) return null;
  // The other service gives way to the database.
  const [second, first] = shared.services[0] === of.postgres?.name ? shared.services.toReversed() : shared.services;
  if (first === undefined || second === undefined) return null;
  return {
    code: 'up.port-shared',
    observed: `\`${first}\` et \`${second}\` publient tous deux le port ${shared.port} : un seul des deux peut le prendre, et \`docker compose up\` finit en échec`,
    where: placeOf(project, second, 'ports'),
    look: `Publiez \`${second}\` sur un autre port : c’est le nombre à gauche des deux-points qui doit différer.`,
  };
}

const KINDS = { volumes: 'le volume', networks: 'le réseau' } as const;

/** `external: true`: Compose takes what is there, and creates nothing. */
async function externalAbsent(view: LabView, project: ComposeProject, services: readonly Service[]): Promise<Refusal | null> {
  for (const kind of ['volumes', 'networks'] as const) {
    for (const [key, { external, name }] of Object.entries(project.model[kind])) {
      const isUsed = services.some(({ service }) =>
        kind === 'networks' ? service.networks.includes(key) : service.volumes.some(({ source }) => source === key),
      );
      if (!external || !isUsed || (await exists(view, kind, name || key))) continue;
      const where: Where = project.places.find([kind, key, 'external']) ?? project.places.nearest([kind, key]);
      return {
        code: `up.external-${kind === 'volumes' ? 'volume' : 'network'}`,
        observed: `${KINDS[kind]} \`${key}\` est déclaré \`external: true\`, et il n’y a rien de nom \`${name || key}\` sur le moteur : \`docker compose up\` s’arrête là`,
        where,
        look: `Retirez \`external\` : Compose le crée alors lui-même. Ou créez-le : \`docker ${kind === 'volumes' ? 'volume' : 'network'} create ${name || key}\``,
      };
    }
  }
  return null;
}

async function exists(view: LabView, kind: keyof typeof KINDS, name: string): Promise<boolean> {
  const { code, stdout } = await view.tool(['docker', kind === 'volumes' ? 'volume' : 'network', 'ls', '--format', '{{.Name}}']);
  return code !== 0 || stdout.split('\n').includes(name);
}
