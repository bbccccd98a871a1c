import type { Where } from '../../../../contract/verdict.ts';
import type { Criterion } from '../../definitions.ts';
import { missingRole } from '../../probes/compose/missing-role.ts';
import type { ComposeMount } from '../../probes/compose/model.ts';
import { mountOn } from '../../probes/compose/mounts.ts';
import { placeOf } from '../../probes/compose/read-compose.ts';
import { composeRoles, type Roles } from '../../probes/compose/roles.ts';
import { met, notMet, remark } from '../../probes/findings.ts';
import { PGDATA, pgdataOf } from '../../probes/postgres/version.ts';

const expected = 'les fichiers de PostgreSQL sur un volume nommé, déclaré et monté là où la base les écrit';

export const volume: Criterion = {
  id: '1.4/volume',
  needs: ['1.4/compose'],
  async judge(view) {
    const roles = await composeRoles(view);
    const { database } = roles;
    if (!database) return missingRole(roles, 'database');
    const { name, service } = database;
    const pgdata = await pgdataOf(view, service, roles.databaseImage);
    // The image declares a volume of its own here: without another it is one without a name, lost with the container.
    const own: ComposeMount = { type: 'volume', source: '', target: pgdata.includes(`${PGDATA}/`) ? PGDATA : pgdata, read_only: false };
    const written = [...service.volumes, ...service.tmpfs];
    const named = written.some(({ target }) => target.replace(/\/$/, '') === own.target);
    const mount = mountOn(named ? written : [...written, own], pgdata);
    const place = placeOfMount(roles, name, mount);
    if (mount?.read_only) {
      const look = 'Retirez `:ro` (ou `read_only`).';
      return notMet('volume.read-only', {
        expected,
        observed: `le montage sur \`${mount.target}\` est en lecture seule : la base ne peut rien écrire`,
        where: place,
        look,
      });
    }
    if (mount?.type === 'volume' && mount.source !== '') return met();
    if (mount?.type === 'bind') {
      const text =
        'Un dossier du projet garde aussi les données, mais il appartient au compte de la base, et la construction de l’image bute parfois dessus : un volume nommé l’évite.';
      return met({ remarks: [remark('volume.bind', text, place)] });
    }
    const { code, observed, look, where = place } = whyLost(roles, pgdata, mount);
    return notMet(code, { expected, observed, where, look });
  },
};

interface Lost {
  readonly code: string;
  readonly observed: string;
  readonly look: string;
  readonly where?: Where;
}

function whyLost({ project, database }: Roles, pgdata: string, mount: ComposeMount | null): Lost {
  const name = database?.name ?? '';
  const mounts = database?.service.volumes ?? [];
  const look = `Sous \`volumes\` du service \`${name}\` : \`postgres_data:${pgdata}\`, et \`postgres_data:\` sous \`volumes\` à la racine du fichier.`;
  if (mount?.type === 'tmpfs')
    return { code: 'volume.tmpfs', observed: 'les données sont en mémoire (`tmpfs`) : elles partent avec le conteneur', look };
  const elsewhere = mounts.find(
    ({ type, source, target }) => type === 'volume' && source !== '' && /postgres|pgdata|\/var\/lib/.test(`${source}${target}`),
  );
  if (elsewhere) {
    const observed = `le volume \`${elsewhere.source}\` est monté sur \`${elsewhere.target}\` : la base écrit dans \`${pgdata}\`, et ce volume reste vide`;
    return { code: 'volume.wrong-path', observed, look, where: placeOfMount({ project }, name, elsewhere) };
  }
  const declared = Object.keys(project.model.volumes).find(
    (one) => !Object.values(project.model.services).some(({ volumes }) => volumes.some(({ source }) => source === one)),
  );
  if (declared) {
    const observed = `le volume \`${declared}\` est déclaré, mais aucun service ne le monte : il ne sera jamais créé`;
    return { code: 'volume.not-mounted', observed, look, where: project.places.nearest(['volumes', declared]) };
  }
  const observed = `rien n’est monté sur \`${pgdata}\` : les données vont dans un volume sans nom, perdu à \`docker compose down\``;
  return { code: 'volume.absent', observed, look };
}

function placeOfMount({ project }: Pick<Roles, 'project'>, service: string, mount: ComposeMount | null): Where {
  if (!mount) return placeOf(project, service);
  const keys = mount.type === 'tmpfs' ? ['tmpfs', 'volumes'] : ['volumes'];
  const key = keys.find((one) => project.places.find(['services', service, one]) !== null) ?? 'volumes';
  return { ...project.places.entry(['services', service, key], mount.target, (item) => item.includes(mount.target)), service };
}
