import { criterion } from '../../criterion.ts';
import { quote } from '../../readers/dockerfile/quote.ts';
import { DOCKERFILE, readDockerfile } from '../../readers/dockerfile/read-dockerfile.ts';

export const dockerfile = criterion('1.3/dockerfile', {
  needs: [],
  expected: 'un fichier `Dockerfile` à la racine du projet, que Docker sait lire',
  async read(view) {
    const reading = await readDockerfile(view);
    const lookalike = reading.state === 'absent' ? reading.lookalike : null;
    return { state: reading.state, lookalike, faulty: reading.state === 'faulty' ? reading : null };
  },
  where: { file: DOCKERFILE },
  evidence: ({ faulty }) => (faulty ? [quote(faulty.source, faulty.fault.line)] : []),
})
  .fault('dockerfile.misnamed', ({ lookalike }) => lookalike, {
    observed: (_, lookalike) => `pas de \`Dockerfile\`, mais un fichier \`${lookalike}\``,
    where: (_, lookalike) => ({ file: lookalike }),
    look: 'Docker cherche ce nom exact, avec sa majuscule et sans extension : renommez le fichier.',
  })
  .fault('dockerfile.absent', ({ state }) => state === 'absent', {
    observed: 'aucun `Dockerfile` à la racine du projet',
    look: 'Créez-le à côté de `etl_pipeline.py` ; sa première instruction est `FROM`.',
  })
  .fault('dockerfile.unreadable', ({ state }) => state === 'unreadable', {
    observed: '`Dockerfile` est là, mais ce n’est pas un fichier de texte de moins de 128 Ko que l’on peut lire',
    look: 'Regardez ce que c’est : `ls -l Dockerfile`, `file Dockerfile`. Un Dockerfile tient en quelques dizaines de lignes de texte, en UTF-8.',
  })
  .fault('dockerfile.empty', ({ state }) => state === 'empty', {
    observed: 'le `Dockerfile` ne contient aucune instruction',
    look: 'Commencez par `FROM`, qui choisit l’image de départ.',
  })
  .fault(
    ({ faulty }) => faulty?.fault.code ?? '',
    ({ faulty }) => faulty?.fault,
    {
      observed: (_, { line, what }) => `ligne ${line} : ${what}`,
      where: (_, { line }) => ({ file: DOCKERFILE, line }),
      look: 'Corrigez cette ligne ; `hadolint Dockerfile` relit tout le fichier sans rien construire.',
    },
  )
  .untouched(({ state, lookalike }) => lookalike === null && (state === 'absent' || state === 'empty'));
