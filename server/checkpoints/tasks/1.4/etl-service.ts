import type { Criterion, Finding } from '../../definitions.ts';
import { clearSecret } from '../../probes/compose/clear-secrets.ts';
import type { ComposeService } from '../../probes/compose/model.ts';
import { placeOf } from '../../probes/compose/read-compose.ts';
import { composeRoles, type Roles } from '../../probes/compose/roles.ts';
import { met, notMet, remark } from '../../probes/findings.ts';
import { learnerEnv } from '../../probes/image/learner-env.ts';

const expected = 'un service construit depuis votre Dockerfile, sous un compte sans privilège, qui reçoit de quoi joindre la base';
const CONNECTION = /DATABASE|(^|_)DB(_|$)|POSTGRES|(^|_)PG|SQL|WAREHOUSE|DSN|CONN/i;

export const etlService: Criterion = {
  id: '1.4/etl-service',
  needs: ['1.4/compose'],
  async judge(view) {
    const roles = await composeRoles(view);
    const { project, etl } = roles;
    if (!etl) return notBuilt(roles);
    const { name, service } = etl;
    const user = service.user ?? '';
    if (/^(root|0+)(:|$)/.test(user)) {
      return notMet('etl-service.root', {
        expected,
        observed: `\`user: ${user}\` fait tourner le service \`${name}\` en root, quel que soit le \`USER\` de l’image`,
        where: placeOf(project, name, 'user'),
        look: 'Retirez cette ligne : le compte de l’image suffit, si ses dossiers lui appartiennent.',
      });
    }
    if (!speaksOfDatabase(service) && !(await learnerEnv(view)).some((variable) => CONNECTION.test(variable.split('=')[0] ?? ''))) {
      return notMet('etl-service.no-connection', {
        expected,
        observed: `le service \`${name}\` ne reçoit aucune variable qui dise où est la base`,
        where: placeOf(project, name, 'environment'),
        look: 'Donnez-lui `DATABASE_URL` sous `environment`, assemblée des variables de `.env`.',
      });
    }
    const secret = await clearSecret(view, project, service);
    if (!secret) return met();
    const text = `La valeur de \`${secret.name}\` est écrite en clair dans le fichier : prenez-la de \`.env\`, que Git ignore.`;
    return met({ remarks: [remark('compose.clear-secret', text, { ...secret.where, service: name })] });
  },
};

function notBuilt({ project, unbuiltEtl }: Roles): Finding {
  const look = 'Ajoutez `build: .` au service : Compose construit alors l’image depuis le `Dockerfile` de ce dossier.';
  if (!unbuiltEtl) {
    const observed = 'aucun service n’est construit depuis le `Dockerfile` du projet';
    return notMet('etl-service.absent', { expected, observed, where: { file: project.files[0] ?? '' }, look });
  }
  const { name, service } = unbuiltEtl;
  const observed = service.build
    ? `\`${name}\` se construit depuis \`${service.build.context}/${service.build.dockerfile}\`, qui n’est pas le \`Dockerfile\` du projet`
    : `\`${name}\` prend l’image \`${service.image}\` sans la construire`;
  return notMet('etl-service.no-build', { expected, observed, where: placeOf(project, name, service.build ? 'build' : 'image'), look });
}

function speaksOfDatabase({ environment, secrets }: ComposeService): boolean {
  return secrets.length > 0 || Object.entries(environment).some(([name, value]) => CONNECTION.test(name) || /postgres/i.test(value ?? ''));
}
