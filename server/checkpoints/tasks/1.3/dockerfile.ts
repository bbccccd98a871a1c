import type { Criterion } from '../../definitions.ts';
import { quote } from '../../probes/dockerfile/quote.ts';
import { DOCKERFILE, readDockerfile } from '../../probes/dockerfile/read-dockerfile.ts';
import { met, notMet } from '../../probes/findings.ts';

const expected = 'un fichier `Dockerfile` à la racine du projet, que Docker sait lire';
const where = { file: DOCKERFILE };

export const dockerfile: Criterion = {
  id: '1.3/dockerfile',
  needs: [],
  async judge(view) {
    const reading = await readDockerfile(view);
    switch (reading.state) {
      case 'absent':
        return reading.lookalike
          ? notMet('dockerfile.misnamed', {
              expected,
              observed: `pas de \`Dockerfile\`, mais un fichier \`${reading.lookalike}\``,
              where: { file: reading.lookalike },
              look: 'Docker cherche ce nom exact, avec sa majuscule et sans extension : renommez le fichier.',
            })
          : notMet('dockerfile.absent', {
              expected,
              observed: 'aucun `Dockerfile` à la racine du projet',
              where,
              look: 'Créez-le à côté de `etl_pipeline.py` ; sa première instruction est `FROM`.',
            });
      case 'unreadable':
        return notMet('dockerfile.unreadable', {
          expected,
          observed: '`Dockerfile` est là, mais ce n’est pas un fichier de texte de moins de 128 Ko que l’on peut lire',
          where,
          look: 'Regardez ce que c’est : `ls -l Dockerfile`, `file Dockerfile`. Un Dockerfile tient en quelques dizaines de lignes de texte, en UTF-8.',
        });
      case 'empty':
        return notMet('dockerfile.empty', {
          expected,
          observed: 'le `Dockerfile` ne contient aucune instruction',
          where,
          look: 'Commencez par `FROM`, qui choisit l’image de départ.',
        });
      case 'faulty':
        return notMet(
          reading.fault.code,
          {
            expected,
            observed: `ligne ${reading.fault.line} : ${reading.fault.what}`,
            where: { ...where, line: reading.fault.line },
            look: 'Corrigez cette ligne ; `hadolint Dockerfile` relit tout le fichier sans rien construire.',
          },
          { evidence: [quote(reading.source, reading.fault.line)] },
        );
      case 'readable':
        return met();
    }
  },
};
