import { criterion } from '../../criterion.ts';
import { apiTraps } from '../../readers/api/api-traps.ts';
import { missingCopy } from '../../readers/api/missing-copy.ts';
import { theApi } from '../../readers/api/the-api.ts';
import { clearSecret, clearSecretRemarks } from '../../readers/compose/clear-secrets.ts';
import { composeServices } from '../../readers/compose/compose-services.ts';
import { placeOf } from '../../readers/compose/read-compose.ts';
import { SERVICES } from '../../services.ts';

const BUILD = 'Écrivez `build: ./api` : Compose construit alors l’image depuis `api/Dockerfile`';

export const service = criterion('2.3/service', {
  needs: ['1.4/compose'],
  expected: 'un service d’API construit depuis le dossier `api/`, de son propre `Dockerfile`',
  async read(view) {
    const { project, all, of } = await composeServices(view);
    const api = of.api && (await theApi(view));
    const [first, usual] = SERVICES.api.names;
    return {
      api,
      unbuilt: api ? undefined : all.find(({ name }) => name === first || (name !== of.etl?.name && usual?.test(name))),
      missing: api?.final ? await missingCopy(view, api) : null,
      begun: (await view.entries()).some(({ path }) => path.startsWith('api/')),
      secret: of.api && (await clearSecret(view, project, of.api.service)),
      traps: api && (await apiTraps(view, api)),
      place: (name: string, ...keys: string[]) => placeOf(project, name, ...keys),
      file: project.files[0] ?? '',
    };
  },
  where: ({ api, file }) => api?.place('build') ?? { file },
})
  .fault('api.not-built', ({ unbuilt }) => unbuilt && !unbuilt.service.build && unbuilt, {
    observed: (_, { name, service: { image } }) =>
      `\`${name}\` prend l’image \`${image ?? ''}\` sans la construire : le code de \`api/\` n’y entre pas`,
    where: ({ place }, { name }) => place(name, 'image'),
    look: BUILD,
  })
  .fault('api.build-elsewhere', ({ unbuilt }) => unbuilt, {
    observed: (_, { name, service: { build } }) =>
      `\`${name}\` se construit depuis \`${build?.context}/${build?.dockerfile}\`, et non depuis \`api/\``,
    where: ({ place }, { name }) => place(name, 'build'),
    look: BUILD,
  })
  .fault('api.absent', ({ api }) => !api, {
    observed: 'aucun service n’est construit depuis `api/`',
    look: `Ajoutez un service \`api\`. ${BUILD}`,
  })
  .fault('api.dockerfile-absent', ({ api }) => api?.model === null && api, {
    observed: (_, { dockerfile, name }) => `le service \`${name}\` se construit depuis \`${dockerfile}\`, que le projet n’a pas`,
    look: (_, { dockerfile }) => `Créez \`${dockerfile}\` ; \`build\` nomme le dossier qui le contient.`,
  })
  .fault('api.dockerfile', ({ api }) => api?.model && (api.model.faults[0] ?? (api.final ? null : { line: 1, what: 'aucun `FROM`' })), {
    observed: ({ api }, { line, what }) => `Docker refuse \`${api?.dockerfile}\`, ligne ${line} : ${what}`,
    where: ({ api }, { line }) => ({ file: api?.dockerfile ?? '', line }),
    look: 'Corrigez cette ligne : sans elle, l’image ne se construit pas.',
  })
  .fault('api.copy-missing', ({ missing }) => missing, {
    observed: (_, { path, written }) => `l’image ne se construit pas : \`${written}\` copie \`${path}\`, que le projet n’a pas`,
    where: (_, { where }) => where,
    look: ({ api }) => `Ce chemin se lit depuis le dossier de \`build\`, \`${api?.folder || '.'}\` : corrigez-le, ou créez le fichier.`,
  })
  .remark(
    'api.root',
    ({ traps }) => traps?.root,
    'L’API tourne en root : un compte sans privilège (`useradd`, puis `USER`) suffit, comme pour l’ETL.',
    (_, where) => where,
  )
  .remark(
    'api.reload',
    ({ traps }) => traps?.reload,
    '`--reload` sert pendant le développement : il surveille les fichiers et relance le serveur. Retirez-le d’une image à livrer.',
    (_, where) => where,
  )
  .remark(
    'api.leaks-error',
    ({ traps }) => traps?.leaks,
    '`str(e)` part chez le client : le texte d’une erreur de base peut citer son adresse ou une requête. Gardez-le pour le journal, et répondez une phrase.',
    (_, where) => where,
  )
  .remark(
    'api.secret-in-image',
    ({ traps }) => traps?.secret,
    'Un mot de passe est écrit dans le `Dockerfile` : qui a l’image peut le lire. Donnez-le par `environment`.',
    (_, where) => where,
  )
  .remarks(({ secret, api }) => clearSecretRemarks(secret, api?.name ?? ''))
  .remark(
    'api.other-name',
    ({ api }) => api && api.name !== SERVICES.api.names[0] && api,
    (_, { name }) => `Le brief appelle ce service \`api\` ; ses commandes se lisent ici avec \`${name}\`.`,
    (_, { place }) => place(),
  )
  .untouched(({ api, unbuilt, begun }) => !api && !unbuilt && !begun);
