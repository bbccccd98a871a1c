import { criterion } from '../../criterion.ts';
import { COMPOSE_FILE } from '../../readers/compose/compose-files.ts';
import { readCompose } from '../../readers/compose/read-compose.ts';

export const compose = criterion('1.4/compose', {
  needs: [],
  expected: 'un fichier `docker-compose.yml` à la racine du projet, que `docker compose` sait lire',
  async read(view) {
    const reading = await readCompose(view);
    const project = reading.state === 'readable' ? reading : null;
    const lookalike = reading.state === 'absent' ? reading.lookalike : null;
    const fault = reading.state === 'faulty' ? reading.fault : null;
    return { absent: reading.state === 'absent', lookalike, fault, project, file: project?.files[0] ?? COMPOSE_FILE };
  },
  where: ({ file }) => ({ file }),
})
  .fault('compose.misnamed', ({ lookalike }) => lookalike, {
    observed: (_, lookalike) => `Compose ne trouve pas son fichier ; il y a \`${lookalike}\``,
    where: (_, lookalike) => ({ file: lookalike }),
    look: (_, lookalike) => `Renommez-le : \`mv ${lookalike} ${COMPOSE_FILE}\`.`,
  })
  .fault('compose.absent', ({ absent }) => absent, {
    observed: 'aucun fichier `docker-compose.yml` à la racine du projet',
    look: 'Créez-le ; il commence par `services:`.',
  })
  .fault(
    ({ fault }) => fault?.code ?? '',
    ({ fault }) => fault,
    {
      observed: (_, { line, what }) => `${line ? `ligne ${line} : ` : ''}${what}`,
      where: (_, { file, line }) => ({ file, ...(line ? { line } : {}) }),
      look: (_, { look }) => look,
    },
  )
  .fault('compose.no-service', ({ project }) => project && Object.keys(project.model.services).length === 0, {
    observed: ({ file }) => `\`${file}\` ne décrit aucun service`,
    look: 'Sous `services:`, chaque service a son nom, puis son `image` ou son `build`.',
  })
  .remark(
    'compose.two-files',
    ({ project }) => project?.ignored.map((name) => `\`${name}\``).join(', '),
    ({ file }, ignored) => `Compose lit \`${file}\` et laisse de côté ${ignored} : gardez un seul fichier.`,
  )
  .remark(
    'compose.other-name',
    ({ project, file }) => project?.ignored.length === 0 && file !== COMPOSE_FILE,
    ({ file }) => `Le brief nomme ce fichier \`${COMPOSE_FILE}\` ; Compose lit aussi bien \`${file}\`.`,
  )
  .untouched(({ absent, lookalike, fault }) => (absent && lookalike === null) || fault?.code === 'compose.empty');
