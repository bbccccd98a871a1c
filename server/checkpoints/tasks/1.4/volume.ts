import type { Where } from '../../../../contract/verdict.ts';
import { criterion } from '../../criterion.ts';
import { theService } from '../../readers/compose/compose-services.ts';
import type { ComposeMount, ComposeService } from '../../readers/compose/model.ts';
import { mountOn } from '../../readers/compose/mounts.ts';
import { type ComposeProject, placeOf, readableCompose } from '../../readers/compose/read-compose.ts';
import { PGDATA, pgdataOf } from '../../readers/postgres/version.ts';

export const volume = criterion('1.4/volume', {
  needs: ['1.4/compose'],
  expected: 'les fichiers de PostgreSQL sur un volume nommé, déclaré et monté là où la base les écrit',
  async read(view) {
    const project = await readableCompose(view);
    const { name, service, image } = await theService(view, 'postgres');
    const pgdata = await pgdataOf(view, service, image);
    const mount = mountOfData(service, pgdata);
    const place = (of: ComposeMount | null) => placeOfMount(project, name, of);
    const { services, volumes } = project.model;
    return {
      mount,
      pgdata,
      place,
      lost: mount?.type !== 'bind' && !(mount?.type === 'volume' && mount.source !== ''),
      elsewhere: service.volumes.find(
        ({ type, source, target }) => type === 'volume' && source && /postgres|pgdata|\/var\/lib/.test(source + target),
      ),
      unmounted: Object.keys(volumes).find(
        (one) => !Object.values(services).some((any) => any.volumes.some(({ source }) => source === one)),
      ),
      declaredAt: (one: string) => project.places.nearest(['volumes', one]),
      look: `Sous \`volumes\` du service \`${name}\` : \`postgres_data:${pgdata}\`, et \`postgres_data:\` sous \`volumes\` à la racine du fichier.`,
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
    observed: ({ pgdata }, { source, target }) =>
      `le volume \`${source}\` est monté sur \`${target}\` : la base écrit dans \`${pgdata}\`, et ce volume reste vide`,
    where: ({ place }, elsewhere) => place(elsewhere),
    look: ({ look }) => look,
  })
  .fault('volume.not-mounted', ({ lost, unmounted }) => lost && unmounted, {
    observed: (_, unmounted) => `le volume \`${unmounted}\` est déclaré, mais aucun service ne le monte : il ne sera jamais créé`,
    where: ({ declaredAt }, unmounted) => declaredAt(unmounted),
    look: ({ look }) => look,
  })
  .fault('volume.absent', ({ lost }) => lost, {
    observed: ({ pgdata }) =>
      `rien n’est monté sur \`${pgdata}\` : les données vont dans un volume sans nom, perdu à \`docker compose down\``,
    look: ({ look }) => look,
  })
  .remark(
    'volume.bind',
    ({ mount }) => mount?.type === 'bind',
    'Un dossier du projet garde aussi les données, mais il appartient au compte de la base, et la construction de l’image bute parfois dessus : un volume nommé l’évite.',
  );

/** What the database's folder lies on. Its image declares a volume of its own there: without another it is one without a name, lost with the container. */
function mountOfData({ volumes, tmpfs }: ComposeService, pgdata: string): ComposeMount | null {
  const own: ComposeMount = { type: 'volume', source: '', target: pgdata.includes(`${PGDATA}/`) ? PGDATA : pgdata, read_only: false };
  const written = [...volumes, ...tmpfs];
  const named = written.some(({ target }) => target.replace(/\/$/, '') === own.target);
  return mountOn(named ? written : [...written, own], pgdata);
}

function placeOfMount(project: ComposeProject, service: string, mount: ComposeMount | null): Where {
  if (!mount) return placeOf(project, service);
  const keys = mount.type === 'tmpfs' ? ['tmpfs', 'volumes'] : ['volumes'];
  const key = keys.find((one) => project.places.find(['services', service, one]) !== null) ?? 'volumes';
  return { ...project.places.entry(['services', service, key], mount.target, (item) => item.includes(mount.target)), service };
}
