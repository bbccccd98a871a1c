import type { Where } from '../../../../contract/verdict.ts';
import { criterion } from '../../criterion.ts';
import type { Criterion, LabView } from '../../definitions.ts';
import { type Service, theService } from '../../readers/compose/compose-services.ts';
import type { ComposeMount, ComposeService } from '../../readers/compose/model.ts';
import { mountOn } from '../../readers/compose/mounts.ts';
import { type ComposeProject, placeOf, readableCompose } from '../../readers/compose/read-compose.ts';
import type { ServiceName } from '../../services.ts';

interface DataVolume {
  readonly of: ServiceName;
  readonly needs: readonly string[];
  readonly expected: string;
  /** Where the service writes its data. */
  readonly folder: (view: LabView, service: Service) => Promise<string> | string;
  /** The volume that its image declares: without another mount it is an unnamed volume, which is lost with the container. */
  readonly declared: (folder: string) => string;
  /** The name that the lessons give to the volume. */
  readonly named: string;
  /** What a volume that was meant for the data is called, or where it is mounted. */
  readonly alike: RegExp;
}

/** A criterion: the data of a service are on a named volume, mounted where the service writes them. Its codes begin with `volume.`. */
export function dataVolume(id: string, { of, needs, expected, folder, declared, named, alike }: DataVolume): Criterion {
  return criterion(id, {
    needs,
    expected,
    async read(view) {
      const project = await readableCompose(view);
      const found = await theService(view, of);
      const { name, service } = found;
      const data = await folder(view, found);
      const mount = mountOfData(service, data, declared(data));
      const place = (one: ComposeMount | null) => placeOfMount(project, name, one);
      const { services, volumes } = project.model;
      return {
        mount,
        data,
        place,
        lost: mount?.type !== 'bind' && !(mount?.type === 'volume' && mount.source !== ''),
        elsewhere: service.volumes.find(({ type, source, target }) => type === 'volume' && source && alike.test(source + target)),
        unmounted: Object.keys(volumes).find(
          (one) => !Object.values(services).some((any) => any.volumes.some(({ source }) => source === one)),
        ),
        declaredAt: (one: string) => project.places.nearest(['volumes', one]),
        look: `Sous \`volumes\` du service \`${name}\` : \`${named}:${data}\`, et \`${named}:\` sous \`volumes\` à la racine du fichier.`,
      };
    },
    where: ({ place, mount }) => place(mount),
  })
    .fault('volume.read-only', ({ mount }) => mount?.read_only && mount, {
      observed: (_, { target }) => `le montage sur \`${target}\` est en lecture seule : la base ne peut rien écrire`,
      look: 'Retirez `:ro` (ou `read_only`).',
    })
    .fault('volume.tmpfs', ({ mount }) => mount?.type === 'tmpfs', {
      observed: 'les données sont en mémoire (`tmpfs`) : elles partent avec le conteneur',
      look: ({ look }) => look,
    })
    .fault('volume.wrong-path', ({ lost, elsewhere }) => lost && elsewhere, {
      observed: ({ data }, { source, target }) =>
        `le volume \`${source}\` est monté sur \`${target}\` : la base écrit dans \`${data}\`, et ce volume reste vide`,
      where: ({ place }, elsewhere) => place(elsewhere),
      look: ({ look }) => look,
    })
    .fault('volume.not-mounted', ({ lost, unmounted }) => lost && unmounted, {
      observed: (_, unmounted) => `le volume \`${unmounted}\` est déclaré, mais aucun service ne le monte : il ne sera jamais créé`,
      where: ({ declaredAt }, unmounted) => declaredAt(unmounted),
      look: ({ look }) => look,
    })
    .fault('volume.absent', ({ lost }) => lost, {
      observed: ({ data }) =>
        `rien n’est monté sur \`${data}\` : les données vont dans un volume sans nom, perdu à \`docker compose down\``,
      look: ({ look }) => look,
    })
    .remark(
      'volume.bind',
      ({ mount }) => mount?.type === 'bind',
      'Un dossier du projet garde aussi les données, mais il appartient au compte de la base, et la construction de l’image bute parfois dessus : un volume nommé l’évite.',
    );
}

/** What contains the folder of the data. */
function mountOfData({ volumes, tmpfs }: ComposeService, data: string, declared: string): ComposeMount | null {
  const own: ComposeMount = { type: 'volume', source: '', target: declared, read_only: false };
  const written = [...volumes, ...tmpfs];
  const named = written.some(({ target }) => target.replace(/\/$/, '') === own.target);
  return mountOn(named ? written : [...written, own], data);
}

function placeOfMount(project: ComposeProject, service: string, mount: ComposeMount | null): Where {
  if (!mount) return placeOf(project, service);
  const keys = mount.type === 'tmpfs' ? ['tmpfs', 'volumes'] : ['volumes'];
  const key = keys.find((one) => project.places.find(['services', service, one]) !== null) ?? 'volumes';
  return { ...project.places.entry(['services', service, key], mount.target, (item) => item.includes(mount.target)), service };
}
