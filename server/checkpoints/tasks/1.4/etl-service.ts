import { criterion } from '../../criterion.ts';
import { clearSecret, clearSecretRemarks } from '../../readers/compose/clear-secrets.ts';
import { composeServices } from '../../readers/compose/compose-services.ts';
import type { ComposeService } from '../../readers/compose/model.ts';
import { placeOf } from '../../readers/compose/read-compose.ts';
import { learnerEnv } from '../../readers/image/learner-env.ts';
import { SERVICES } from '../../services.ts';

const CONNECTION = /DATABASE|(^|_)DB(_|$)|POSTGRES|(^|_)PG|SQL|WAREHOUSE|DSN|CONN/i;
const BUILD = 'Ajoutez `build: .` au service : Compose construit alors l’image depuis le `Dockerfile` de ce dossier.';

export const etlService = criterion('1.4/etl-service', {
  needs: ['1.4/compose'],
  expected: 'un service construit depuis votre Dockerfile, sous un compte sans privilège, qui reçoit de quoi joindre la base',
  async read(view) {
    const { project, all, of } = await composeServices(view);
    const { etl } = of;
    const place = (...keys: string[]) => placeOf(project, etl?.name ?? '', ...keys);
    const unbuilt = etl ? undefined : all.find(({ name }) => SERVICES.etl.names[1]?.test(name));
    const told = etl && (speaksOfDatabase(etl.service) || (await learnerEnv(view)).some((one) => CONNECTION.test(one.split('=')[0] ?? '')));
    const secret = etl && (await clearSecret(view, project, etl.service));
    return { project, etl, name: etl?.name, user: etl?.service.user ?? '', unbuilt, told, secret, place };
  },
})
  .fault('etl-service.no-build', ({ unbuilt }) => unbuilt, {
    observed: (_, { name, service: { build, image } }) =>
      build
        ? `\`${name}\` se construit depuis \`${build.context}/${build.dockerfile}\`, qui n’est pas le \`Dockerfile\` du projet`
        : `\`${name}\` prend l’image \`${image}\` sans la construire`,
    where: ({ project }, { name, service }) => placeOf(project, name, service.build ? 'build' : 'image'),
    look: BUILD,
  })
  .fault('etl-service.absent', ({ etl }) => !etl, {
    observed: 'aucun service n’est construit depuis le `Dockerfile` du projet',
    where: ({ project }) => ({ file: project.files[0] ?? '' }),
    look: BUILD,
  })
  .fault('etl-service.root', ({ user }) => /^(root|0+)(:|$)/.test(user), {
    observed: ({ user, name }) => `\`user: ${user}\` fait tourner le service \`${name}\` en root, quel que soit le \`USER\` de l’image`,
    where: ({ place }) => place('user'),
    look: 'Retirez cette ligne : le compte de l’image suffit, si ses dossiers lui appartiennent.',
  })
  .fault('etl-service.no-connection', ({ told }) => !told, {
    observed: ({ name }) => `le service \`${name}\` ne reçoit aucune variable qui dise où est la base`,
    where: ({ place }) => place('environment'),
    look: 'Donnez-lui `DATABASE_URL` sous `environment`, assemblée des variables de `.env`.',
  })
  .remarks(({ secret, name = '' }) => clearSecretRemarks(secret, name));

function speaksOfDatabase({ environment, secrets }: ComposeService): boolean {
  return secrets.length > 0 || Object.entries(environment).some(([name, value]) => CONNECTION.test(name) || /postgres/i.test(value ?? ''));
}
