import type { Where } from '../../../../contract/verdict.ts';
import { criterion } from '../../criterion.ts';
import type { LabView } from '../../definitions.ts';
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
    const user = etl?.service.user ?? '';
    const unset = isRoot(user) ? await variablesAt(view, place('user')) : [];
    return { project, etl, name: etl?.name, user, unset, unbuilt, told, secret, place };
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
  .fault('etl-service.root', ({ unset }) => unset.length > 0 && unset, {
    observed: ({ user, name }, unset) => {
      const [which, have] = unset.length > 1 ? ['les variables', 'n’ont'] : ['la variable', 'n’a'];
      return `\`user\` du service \`${name}\` vaut \`${user}\` : ${which} ${unset.map((one) => `\`${one}\``).join(' et ')} ${have} pas de valeur pour Compose, et le moteur y lit root`;
    },
    where: ({ place }) => place('user'),
    look: 'Le terminal connaît `UID`, mais ne l’exporte pas. Retirez cette ligne : le compte de l’image suffit. Ou donnez les deux nombres dans `.env` (`id -u`, `id -g`), sous d’autres noms.',
  })
  .fault('etl-service.root', ({ user }) => isRoot(user), {
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

/** The engine reads an empty account before the colon as root. An empty text leaves the image's own account. */
function isRoot(user: string): boolean {
  return /^\s*(root|0*)\s*(:|$)/.test(user) && user !== '';
}

/** The variables that the line of a place names, without a default value. */
async function variablesAt(view: LabView, { file, line }: Where): Promise<string[]> {
  const text = file && line ? ((await view.file(file)) ?? '').split(/\r?\n/)[line - 1] : '';
  return [...(text ?? '').matchAll(/(?<!\$)\$\{?(\w+)\}?/g)].map(([, name = '']) => name);
}

function speaksOfDatabase({ environment, secrets }: ComposeService): boolean {
  return secrets.length > 0 || Object.entries(environment).some(([name, value]) => CONNECTION.test(name) || /postgres/i.test(value ?? ''));
}
