import { criterion } from '../../criterion.ts';
import { theService } from '../../readers/compose/compose-services.ts';
import { placeOf, readableCompose } from '../../readers/compose/read-compose.ts';
import { evidence } from '../../readers/findings.ts';
import { mongo } from '../../readers/mongodb/ask-mongo.ts';

const QUESTION = { database: 'admin', command: { listDatabases: 1, nameOnly: true } };
const USER = 'MONGO_INITDB_ROOT_USERNAME';

export const auth = criterion('2.1/auth', {
  needs: ['2.1/service'],
  expected: 'une commande sans compte refusée par MongoDB, et la même acceptée avec le compte du fichier Compose',
  async read(view) {
    const { name, service } = await theService(view, 'mongodb');
    const project = await readableCompose(view);
    const [open, known] = await Promise.all([mongo(view, QUESTION, 'nobody'), mongo(view, QUESTION)]);
    const { environment } = service;
    return {
      name,
      isOpen: 'document' in open,
      said: 'error' in open ? open.error.said : 'les bases de données',
      refused: 'error' in known ? known.error : null,
      named: Boolean(environment[USER] || environment[`${USER}_FILE`]),
      place: placeOf(project, name, 'environment'),
      volume: service.volumes.find(({ type }) => type === 'volume')?.source || 'mongo_data',
    };
  },
  where: ({ place }) => place,
  evidence: ({ said }) => [evidence('listDatabases, sans compte', said)],
})
  .fault('auth.open', ({ isOpen, named }) => isOpen && named, {
    observed: ({ name }) => `\`${name}\` donne la liste de ses bases à qui n’a pas de compte, malgré \`${USER}\``,
    look: 'Cherchez ce qui ôte la demande de compte : une option de `command` (`--noauth`), un autre `entrypoint`.',
  })
  .fault('auth.open', ({ isOpen }) => isOpen, {
    observed: ({ name }) => `\`${name}\` donne la liste de ses bases à qui n’a pas de compte`,
    look: ({ volume }) =>
      `Donnez \`${USER}\` et \`MONGO_INITDB_ROOT_PASSWORD\` à ce service, de \`.env\`. Ces variables ne servent qu’à la naissance du volume : s’il est déjà né, refaites \`${volume}\`, ou créez le compte par \`db.createUser\`.`,
  })
  .fault('auth.no-account', ({ refused, named }) => named && refused, {
    observed: ({ volume }, { said }) =>
      `MongoDB refuse le compte de \`${USER}\` (${said}) : le volume \`${volume}\` est né sans ce compte, ou avec un autre mot de passe`,
    look: ({ volume }) =>
      `\`MONGO_INITDB_ROOT_*\` ne sert qu’à la naissance du volume. Si \`${volume}\` n’a rien à garder : \`docker compose down\`, \`docker volume rm\` suivi de son nom (\`docker volume ls\`), puis \`docker compose up -d\``,
  })
  .remark(
    'auth.other-account',
    ({ named }) => !named,
    `Le compte ne vient pas de \`${USER}\` : qu’il existe et qu’il ouvre la base n’a pas pu être vu ici.`,
  );
