import type { Remark, Where } from '../../../../contract/verdict.ts';
import type { Criterion } from '../../definitions.ts';
import { clearSecret } from '../../probes/compose/clear-secrets.ts';
import { placeOf } from '../../probes/compose/read-compose.ts';
import { composeRoles, type Role } from '../../probes/compose/roles.ts';
import { met, notMet, remark } from '../../probes/findings.ts';
import { majorOf } from '../../probes/postgres/version.ts';

const WANTED = 15;
const expected = 'un service PostgreSQL 15, dont le compte, le mot de passe et la base viennent de variables';

export const postgres: Criterion = {
  id: '1.4/postgres',
  needs: ['1.4/compose'],
  async judge(view) {
    const { project, database, databaseImage } = await composeRoles(view);
    if (!database) {
      const look = 'Ajoutez un service dont l’image est `postgres:15-alpine`.';
      const names = Object.entries(project.model.services)
        .map(([name, { image }]) => (image ? `\`${name}\` (${image})` : `\`${name}\``))
        .join(', ');
      return notMet('postgres.absent', {
        expected,
        observed: `aucun service n’est une base PostgreSQL (services : ${names})`,
        where: { file: project.files[0] ?? '' },
        look,
      });
    }
    const { name, service } = database;
    const where = placeOf(project, name, service.image ? 'image' : 'build');
    const major = await majorOf(view, databaseImage);
    if (major !== WANTED) {
      const look = `Écrivez \`image: postgres:15-alpine\`. Des données nées sous une autre version ne se relisent pas : leur volume est à refaire.`;
      const observed = major
        ? `\`${databaseImage}\` est un PostgreSQL ${major}`
        : `\`${databaseImage}\` ne dit pas sa version : elle changera toute seule`;
      return notMet(major ? 'postgres.other-version' : 'postgres.no-version', { expected, observed, where, look });
    }
    if (!passwordGiven(database)) {
      const empty = 'POSTGRES_PASSWORD' in service.environment;
      const observed = empty
        ? `\`POSTGRES_PASSWORD\` du service \`${name}\` est vide`
        : `le service \`${name}\` n’a pas de \`POSTGRES_PASSWORD\``;
      const look = `${empty ? 'Donnez-lui une valeur dans `.env`' : 'Ajoutez-la sous `environment`, sa valeur dans `.env`'} : sans elle, la base refuse de naître.`;
      return notMet('postgres.no-password', {
        expected,
        observed,
        where: placeOf(project, name, 'environment', 'POSTGRES_PASSWORD'),
        look,
      });
    }
    const seen = {
      image: where,
      variables: placeOf(project, name, 'environment'),
      secret: await clearSecret(view, project, service),
      unpinned: !databaseImage.includes(String(WANTED)),
    };
    return met({ remarks: remarksOn(database, seen) });
  },
};

function passwordGiven({ service: { environment } }: Role): boolean {
  return Boolean(environment.POSTGRES_PASSWORD || environment.POSTGRES_PASSWORD_FILE || environment.POSTGRES_HOST_AUTH_METHOD === 'trust');
}

interface Seen {
  readonly image: Where;
  readonly variables: Where;
  readonly secret: { readonly name: string; readonly where: Where } | null;
  /** The image's name does not say which version it is. */
  readonly unpinned: boolean;
}

function remarksOn({ name, service: { environment } }: Role, { image, variables, secret, unpinned }: Seen): Remark[] {
  const given = (variable: string) => Boolean(environment[variable] || environment[`${variable}_FILE`]);
  const defaults = ['POSTGRES_USER', 'POSTGRES_DB'].filter((variable) => !given(variable)).map((variable) => `\`${variable}\``);
  const remarks: Remark[] = [];
  if (defaults.length > 0) {
    remarks.push(remark('postgres.defaults', `${defaults.join(' et ')} : sans valeur, l’image prend la sienne.`, variables));
  }
  if (environment.POSTGRES_HOST_AUTH_METHOD === 'trust') {
    remarks.push(remark('postgres.trust', '`trust` laisse entrer sans mot de passe qui atteint la base.', variables));
  }
  if (secret) {
    const text = `La valeur de \`${secret.name}\` est écrite en clair dans le fichier : prenez-la de \`.env\`, que Git ignore.`;
    remarks.push(remark('compose.clear-secret', text, { ...secret.where, service: name }));
  }
  if (name !== 'postgres') {
    const text = `Le brief appelle ce service \`postgres\` ; ses commandes se lisent ici avec \`${name}\`.`;
    remarks.push(remark('postgres.other-name', text, variables));
  }
  if (unpinned)
    remarks.push(remark('postgres.unpinned', 'L’étiquette ne dit pas la version : elle peut changer au prochain téléchargement.', image));
  return remarks;
}
