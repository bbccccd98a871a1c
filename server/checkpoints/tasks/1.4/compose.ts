import type { Criterion } from '../../definitions.ts';
import { COMPOSE_FILE } from '../../probes/compose/compose-files.ts';
import { readCompose } from '../../probes/compose/read-compose.ts';
import { met, notMet, remark } from '../../probes/findings.ts';

const expected = 'un fichier `docker-compose.yml` à la racine du projet, que `docker compose` sait lire';

export const compose: Criterion = {
  id: '1.4/compose',
  needs: [],
  async judge(view) {
    const reading = await readCompose(view);
    if (reading.state === 'absent') {
      const { lookalike } = reading;
      return lookalike
        ? notMet('compose.misnamed', {
            expected,
            observed: `Compose ne trouve pas son fichier ; il y a \`${lookalike}\``,
            where: { file: lookalike },
            look: `Renommez-le : \`mv ${lookalike} ${COMPOSE_FILE}\`.`,
          })
        : notMet('compose.absent', {
            expected,
            observed: 'aucun fichier `docker-compose.yml` à la racine du projet',
            where: { file: COMPOSE_FILE },
            look: 'Créez-le ; il commence par `services:`.',
          });
    }
    if (reading.state === 'faulty') {
      const { code, file, line, what, look } = reading.fault;
      return notMet(code, {
        expected,
        observed: `${line ? `ligne ${line} : ` : ''}${what}`,
        where: { file, ...(line ? { line } : {}) },
        look,
      });
    }
    const [file = COMPOSE_FILE] = reading.files;
    if (Object.keys(reading.model.services).length === 0) {
      const look = 'Sous `services:`, chaque service a son nom, puis son `image` ou son `build`.';
      return notMet('compose.no-service', { expected, observed: `\`${file}\` ne décrit aucun service`, where: { file }, look });
    }
    const two = `Compose lit \`${file}\` et laisse de côté ${reading.ignored.map((name) => `\`${name}\``).join(', ')} : gardez un seul fichier.`;
    const named = `Le brief nomme ce fichier \`${COMPOSE_FILE}\` ; Compose lit aussi bien \`${file}\`.`;
    return met({
      remarks: [
        ...(reading.ignored.length > 0 ? [remark('compose.two-files', two, { file })] : []),
        ...(reading.ignored.length === 0 && file !== COMPOSE_FILE ? [remark('compose.other-name', named, { file })] : []),
      ],
    });
  },
};
