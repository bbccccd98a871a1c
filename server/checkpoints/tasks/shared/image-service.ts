import { criterion } from '../../criterion.ts';
import type { Criterion, LabView } from '../../definitions.ts';
import { clearSecret, clearSecretRemarks } from '../../readers/compose/clear-secrets.ts';
import { composeServices } from '../../readers/compose/compose-services.ts';
import { deadPort } from '../../readers/compose/published-ports.ts';
import { placeOf } from '../../readers/compose/read-compose.ts';
import { requireUp } from '../../readers/container/require-up.ts';
import { majorOf } from '../../readers/image/major-version.ts';

interface ImageService {
  readonly of: 'mongodb' | 'redis';
  readonly expected: string;
  /** What its program is called. */
  readonly called: string;
  /** The image of the brief, its major version, and the variables in which such images say theirs. */
  readonly image: string;
  readonly major: number;
  readonly variables: RegExp;
  readonly port: number;
  /** Asks its program a question that needs no account. Throws `NotRead`. */
  readonly ask: (view: LabView, service: string) => Promise<unknown>;
}

/** A criterion: the file has a service with the brief's image, and its program answers on its port. Its codes begin with `service.`. */
export function imageService(
  id: string,
  { of: kind, expected, called, image, major: wanted, variables, port, ask }: ImageService,
): Criterion {
  return criterion(id, {
    needs: ['1.4/compose'],
    expected,
    async read(view) {
      const { project, all, of } = await composeServices(view);
      const found = of[kind];
      const name = found?.name ?? '';
      const dead = found && deadPort(found.service, port);
      const major = found && (await majorOf(view, found.image, variables));
      // The file is judged first: what it lacks explains a program that does not answer.
      if (found !== null && major === wanted && dead === null) {
        await requireUp(view, name);
        await ask(view, name);
      }
      const place = (...keys: string[]) => placeOf(project, name, ...keys);
      return {
        all,
        found,
        name,
        dead,
        major,
        place,
        files: project.files,
        secret: found && (await clearSecret(view, project, found.service)),
      };
    },
    where: ({ place, found }) => place(found?.service.image ? 'image' : 'build'),
  })
    .untouched(({ found }) => !found)
    .fault('service.absent', ({ found }) => !found, {
      observed: ({ all }) => `aucun service n’est un ${called} (services : ${all.map(({ name }) => `\`${name}\``).join(', ')})`,
      where: ({ files }) => ({ file: files[0] ?? '' }),
      look: `Ajoutez un service \`${kind}\`, dont l’image est \`${image}\`.`,
    })
    .fault(
      ({ major }) => (major ? 'service.other-version' : 'service.no-version'),
      ({ major }) => major !== wanted,
      {
        observed: ({ major, found }) =>
          major ? `\`${found?.image}\` est un ${called} ${major}` : `\`${found?.image}\` ne dit pas sa version : elle changera toute seule`,
        look: `Écrivez \`image: ${image}\`. Des données nées sous une autre version ne se relisent pas toujours : leur volume est à refaire.`,
      },
    )
    .fault('service.dead-port', ({ dead }) => dead, {
      observed: ({ name }, { published, target }) =>
        `le port ${published} du labo mène au port ${target} du conteneur de \`${name}\`, où rien n’écoute : ${called} écoute sur ${port}`,
      where: ({ place }) => place('ports'),
      look: `Dans \`dehors:dedans\`, c’est le nombre de droite qui doit être ${port} ; celui de gauche est libre.`,
    })
    .remark(
      'service.unpublished',
      ({ found }) => found?.service.ports.length === 0 && found.service.network_mode !== 'host',
      `Le port ${port} n’est pas publié : les services le joignent par leur réseau, un programme du labo ne le peut pas. Le brief le publie.`,
      ({ place }) => place(),
    )
    .remark(
      'service.open-port',
      ({ found }) => found?.service.ports.some(({ target, host_ip }) => target === port && (host_ip === '' || host_ip === '0.0.0.0')),
      `Le port est publié pour toute machine qui atteint celle-ci : \`127.0.0.1:${port}:${port}\` le garde pour elle seule.`,
      ({ place }) => place('ports'),
    )
    .remarks(({ secret, name }) => clearSecretRemarks(secret, name));
}
