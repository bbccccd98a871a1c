import { criterion } from '../../criterion.ts';
import type { LabView } from '../../definitions.ts';
import { type ComposeServices, composeServices, type Service, theService } from '../../readers/compose/compose-services.ts';
import { mountOn, seenInside } from '../../readers/compose/mounts.ts';
import { placeOf } from '../../readers/compose/read-compose.ts';
import { programFolder, writesTo } from '../../readers/compose/where-it-writes.ts';

export const mounts = criterion('1.4/mounts', {
  needs: ['1.4/compose'],
  expected: 'les dossiers `logs/` et `data/` du projet, montés là où le programme écrit',
  async read(view) {
    const services = await composeServices(view);
    const etl = await theService(view, 'etl');
    const [logs, data] = await Promise.all((['logs', 'data'] as const).map((what) => readFolder(view, services, etl, what)));
    const whole = etl.service.volumes.find(({ type, source }) => type === 'bind' && source === services.folder);
    return { logs, data, folder: services.folder, whole: whole && placeOf(services.project, etl.name, 'volumes') };
  },
})
  .faultOf(({ logs, folder }) => logs && faultOf(logs, folder))
  .faultOf(({ data, folder }) => data && faultOf(data, folder))
  .remark(
    'mounts.whole-project',
    ({ whole }) => whole,
    'Tout le projet est monté par-dessus l’image : c’est le code du dossier qui tourne, et non celui de l’image.',
    (_, where) => where,
  );

type Folder = Awaited<ReturnType<typeof readFolder>>;

/** How a folder of the project reaches the place where the program writes. */
async function readFolder(view: LabView, { project, folder }: ComposeServices, { name, service }: Service, what: 'logs' | 'data') {
  const inside = `${await programFolder(view, service)}/${what}`.replace('//', '/');
  const seen = seenInside(service.volumes, `${folder}/${what}`);
  const writable = seen.filter(({ mount }) => !mount.read_only);
  const written = await Promise.all(writable.map(({ path }) => writesTo(view, service, path)));
  const there = mountOn(service.volumes, inside);
  const reached =
    writable.some(({ path }) => path === inside || path.startsWith(`${inside}/`)) ||
    written.includes(true) ||
    (there?.type === 'volume' && what === 'data');
  const volumes = ['services', name, 'volumes'];
  const where = (target?: string) =>
    target === undefined
      ? placeOf(project, name, 'volumes')
      : { ...project.places.entry(volumes, target, (item) => item.includes(target)), service: name };
  return { what, name, inside, reached, there, elsewhere: seen[0], where };
}

/** Why a folder does not reach the program; null where it does. */
function faultOf({ what, name, inside, reached, there, elsewhere, where }: Folder, folder: string) {
  if (reached) return null;
  const look = `Sous \`volumes\` du service \`${name}\`, écrivez \`./${what}:${inside}\`.`;
  const fault = (kind: string, target: string | undefined, observed: string, other = look) => {
    return { code: `mounts.${kind}`, observed, where: where(target), look: other };
  };
  if (elsewhere && (elsewhere.mount.read_only || elsewhere.path === inside)) {
    const observed = `\`${what}/\` est monté en lecture seule : le programme ne peut rien y écrire`;
    return fault('read-only', elsewhere.mount.target, observed, 'Retirez `:ro` (ou `read_only`).');
  }
  if (elsewhere) {
    const observed = `\`${what}/\` est monté sur \`${elsewhere.path}\` ; le programme écrit dans \`${inside}\`, que rien ne garde`;
    return fault(`${what}-elsewhere`, elsewhere.mount.target, observed);
  }
  if (there?.type === 'bind') {
    const observed = `\`${inside}\` reçoit le dossier \`${there.source.replace(`${folder}/`, './')}\`, et non \`./${what}\``;
    return fault(`${what}-other-folder`, there.target, observed);
  }
  if (there?.type === 'volume') {
    const observed = `\`${inside}\` est sur le volume \`${there.source || 'sans nom'}\` : rien n’arrive dans le dossier \`${what}/\` du projet`;
    return fault(`${what}-volume`, there.target, observed);
  }
  return fault(`no-${what}`, undefined, `le dossier \`${what}/\` du projet n’est pas monté dans le service \`${name}\``);
}
