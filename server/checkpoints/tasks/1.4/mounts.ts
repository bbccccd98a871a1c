import type { Criterion, Finding, LabView } from '../../definitions.ts';
import { missingRole } from '../../probes/compose/missing-role.ts';
import { mountOn, seenInside } from '../../probes/compose/mounts.ts';
import { placeOf } from '../../probes/compose/read-compose.ts';
import { composeRoles, type Role, type Roles } from '../../probes/compose/roles.ts';
import { met, notMet, remark } from '../../probes/findings.ts';
import { programFolder, writesTo } from '../../probes/project/where-it-writes.ts';

const expected = 'les dossiers `logs/` et `data/` du projet, montés là où le programme écrit';

export const mounts: Criterion = {
  id: '1.4/mounts',
  needs: ['1.4/compose'],
  async judge(view) {
    const roles = await composeRoles(view);
    const { project, etl, folder } = roles;
    if (!etl) return missingRole(roles, 'etl');
    const logs = await judgeFolder(view, roles, etl, 'logs');
    if (logs) return logs;
    const data = await judgeFolder(view, roles, etl, 'data');
    if (data) return data;
    const whole = etl.service.volumes.find(({ type, source }) => type === 'bind' && source === folder);
    const text = 'Tout le projet est monté par-dessus l’image : c’est le code du dossier qui tourne, et non celui de l’image.';
    return met({ remarks: whole ? [remark('mounts.whole-project', text, placeOf(project, etl.name, 'volumes'))] : [] });
  },
};

/** Null where the program's folder is the project's. */
async function judgeFolder(
  view: LabView,
  { project, folder }: Roles,
  { name, service }: Role,
  what: 'logs' | 'data',
): Promise<Finding | null> {
  const inside = `${await programFolder(view, service)}/${what}`.replace('//', '/');
  const path = ['services', name, 'volumes'];
  const where = (target: string) => ({ ...project.places.entry(path, target, (item) => item.includes(target)), service: name });
  const look = `Sous \`volumes\` du service \`${name}\`, écrivez \`./${what}:${inside}\`.`;
  const seen = seenInside(service.volumes, `${folder}/${what}`);
  const writable = seen.filter(({ mount }) => !mount.read_only);
  if (writable.some((one) => one.path === inside || one.path.startsWith(`${inside}/`))) return null;
  for (const one of writable) if (await writesTo(view, service, one.path)) return null;
  const there = mountOn(service.volumes, inside);
  if (there?.type === 'volume' && what === 'data') return null;
  const wrong = seen[0];
  if (wrong && (wrong.mount.read_only || wrong.path === inside)) {
    const observed = `\`${what}/\` est monté en lecture seule : le programme ne peut rien y écrire`;
    return notMet('mounts.read-only', { expected, observed, where: where(wrong.mount.target), look: 'Retirez `:ro` (ou `read_only`).' });
  }
  if (wrong) {
    const observed = `\`${what}/\` est monté sur \`${wrong.path}\` ; le programme écrit dans \`${inside}\`, que rien ne garde`;
    return notMet(`mounts.${what}-elsewhere`, { expected, observed, where: where(wrong.mount.target), look });
  }
  if (there?.type === 'bind') {
    const observed = `\`${inside}\` reçoit le dossier \`${there.source.replace(`${folder}/`, './')}\`, et non \`./${what}\``;
    return notMet(`mounts.${what}-other-folder`, { expected, observed, where: where(there.target), look });
  }
  if (there?.type === 'volume') {
    const observed = `\`${inside}\` est sur le volume \`${there.source || 'sans nom'}\` : rien n’arrive dans le dossier \`${what}/\` du projet`;
    return notMet(`mounts.${what}-volume`, { expected, observed, where: where(there.target), look });
  }
  const observed = `le dossier \`${what}/\` du projet n’est pas monté dans le service \`${name}\``;
  return notMet(`mounts.no-${what}`, { expected, observed, where: placeOf(project, name, 'volumes'), look });
}
