import { criterion } from '../../criterion.ts';
import { clearSecret, clearSecretRemarks } from '../../readers/compose/clear-secrets.ts';
import { composeServices } from '../../readers/compose/compose-services.ts';
import type { ComposeService } from '../../readers/compose/model.ts';
import { deadPort } from '../../readers/compose/published-ports.ts';
import { placeOf } from '../../readers/compose/read-compose.ts';
import { majorOf } from '../../readers/postgres/version.ts';

const WANTED = 15;
const PORT = 5432;

export const postgres = criterion('1.4/postgres', {
  needs: ['1.4/compose'],
  expected: 'un service PostgreSQL 15, dont le compte, le mot de passe et la base viennent de variables',
  async read(view) {
    const { project, all, of } = await composeServices(view);
    const base = of.postgres;
    const image = base?.image ?? '';
    const place = (...keys: string[]) => placeOf(project, base?.name ?? '', ...keys);
    return {
      all,
      base,
      image,
      place,
      name: base?.name ?? '',
      files: project.files,
      environment: base?.service.environment ?? {},
      major: base && (await majorOf(view, image)),
      secret: base && (await clearSecret(view, project, base.service)),
      dead: base && listensAsUsual(base.service) ? deadPort(base.service, PORT) : null,
    };
  },
  where: ({ place, base }) => place(base?.service.image ? 'image' : 'build'),
})
  .fault('postgres.absent', ({ base }) => !base, {
    observed: ({ all }) => {
      const names = all.map(({ name, service: { image } }) => (image ? `\`${name}\` (${image})` : `\`${name}\``));
      return `aucun service n’est une base PostgreSQL (services : ${names.join(', ')})`;
    },
    where: ({ files }) => ({ file: files[0] ?? '' }),
    look: 'Ajoutez un service dont l’image est `postgres:15-alpine`.',
  })
  .fault(
    ({ major }) => (major ? 'postgres.other-version' : 'postgres.no-version'),
    ({ major }) => major !== WANTED,
    {
      observed: ({ major, image }) =>
        major ? `\`${image}\` est un PostgreSQL ${major}` : `\`${image}\` ne dit pas sa version : elle changera toute seule`,
      look: 'Écrivez `image: postgres:15-alpine`. Des données nées sous une autre version ne se relisent pas : leur volume est à refaire.',
    },
  )
  .fault('postgres.no-password', ({ environment: env }) => !given(env, 'POSTGRES_PASSWORD') && env.POSTGRES_HOST_AUTH_METHOD !== 'trust', {
    observed: ({ environment, name }) =>
      'POSTGRES_PASSWORD' in environment
        ? `\`POSTGRES_PASSWORD\` du service \`${name}\` est vide`
        : `le service \`${name}\` n’a pas de \`POSTGRES_PASSWORD\``,
    where: ({ place }) => place('environment', 'POSTGRES_PASSWORD'),
    look: ({ environment }) => {
      const add =
        'POSTGRES_PASSWORD' in environment ? 'Donnez-lui une valeur dans `.env`' : 'Ajoutez-la sous `environment`, sa valeur dans `.env`';
      return `${add} : sans elle, la base refuse de naître.`;
    },
  })
  .fault('postgres.dead-port', ({ dead }) => dead, {
    observed: ({ name }, { published, target }) =>
      `le port ${published} du labo mène au port ${target} du conteneur de \`${name}\`, où rien n’écoute : PostgreSQL écoute sur ${PORT}`,
    where: ({ place }) => place('ports'),
    look: `Dans \`dehors:dedans\`, c’est le nombre de droite qui doit être ${PORT} ; celui de gauche est libre.`,
  })
  .remark(
    'postgres.defaults',
    ({ environment }) =>
      ['POSTGRES_USER', 'POSTGRES_DB']
        .filter((one) => !given(environment, one))
        .map((one) => `\`${one}\``)
        .join(' et '),
    (_, missing) => `${missing} : sans valeur, l’image prend la sienne.`,
    ({ place }) => place('environment'),
  )
  .remark(
    'postgres.trust',
    ({ environment }) => environment.POSTGRES_HOST_AUTH_METHOD === 'trust',
    '`trust` laisse entrer sans mot de passe qui atteint la base.',
    ({ place }) => place('environment'),
  )
  .remarks(({ secret, name }) => clearSecretRemarks(secret, name))
  .remark(
    'postgres.other-name',
    ({ name }) => name !== 'postgres',
    ({ name }) => `Le brief appelle ce service \`postgres\` ; ses commandes se lisent ici avec \`${name}\`.`,
    ({ place }) => place('environment'),
  )
  .remark(
    'postgres.unpinned',
    ({ image }) => !image.includes(String(WANTED)),
    'L’étiquette ne dit pas la version : elle peut changer au prochain téléchargement.',
  );

/** Nothing tells the server to listen on another port. */
function listensAsUsual({ environment, command, entrypoint }: ComposeService): boolean {
  return !environment.PGPORT && !(command ?? []).some((word) => /^-p\d*$|port/.test(word)) && entrypoint === null;
}

function given(environment: Readonly<Record<string, string | null>>, variable: string): boolean {
  return Boolean(environment[variable] || environment[`${variable}_FILE`]);
}
