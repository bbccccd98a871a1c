import type { Criterion } from '../../definitions.ts';
import { missingSource } from '../../probes/dockerfile/missing-source.ts';
import { at, written } from '../../probes/dockerfile/quote.ts';
import { DOCKERFILE, readableDockerfile } from '../../probes/dockerfile/read-dockerfile.ts';
import { evidence, met, notMet } from '../../probes/findings.ts';
import { imageName, readLearnerImage } from '../../probes/image/learner-image.ts';
import { clock, megabytes } from '../../probes/say.ts';

const expected = 'une image construite depuis ce Dockerfile, tel qu’il est maintenant';
const FAILED = 'Si la construction échoue, la ligne `ERROR` nomme l’instruction à corriger.';

export const image: Criterion = {
  id: '1.3/image',
  needs: ['1.3/dockerfile'],
  async judge(view) {
    const reading = await readLearnerImage(view);
    const missing = reading.state === 'current' ? null : await missingSource(view, (await readableDockerfile(view)).image.instructions);
    if (missing !== null) {
      const { instruction, source } = missing;
      return notMet('image.copy-missing', {
        expected,
        observed: `elle ne se construit pas : \`${written(instruction)}\` copie \`${source}\`, que le projet n’a pas`,
        where: at(instruction),
        look: `Corrigez ce chemin, qui se lit depuis le dossier du \`Dockerfile\`, ou créez \`${source}\`.`,
      });
    }
    if (reading.state === 'absent') {
      return notMet('image.absent', {
        expected,
        observed: 'le moteur du labo n’a aucune image construite depuis ce Dockerfile',
        where: { file: DOCKERFILE },
        look: `Construisez-la : \`docker build -t etl .\`. ${FAILED}`,
      });
    }
    const name = imageName(reading.image);
    const seen = [
      evidence(`docker image inspect ${name}`, `construite à ${clock(reading.image.createdMs)}, ${megabytes(reading.image.sizeBytes)}`),
    ];
    if (reading.state === 'current') return met({ evidence: seen });
    const { differs } = reading;
    const what =
      differs === 'base'
        ? 'elle part d’une autre base'
        : differs === 'more'
          ? 'elle a des instructions de plus'
          : `\`${written(differs)}\` n’y est pas`;
    return notMet(
      'image.stale',
      {
        expected,
        observed: `l’image \`${name}\`, construite à ${clock(reading.image.createdMs)}, vient d’un Dockerfile plus ancien : ${what}`,
        where: { ...(typeof differs === 'string' ? { file: DOCKERFILE } : at(differs)), image: name },
        look: `Reconstruisez : \`docker build -t etl .\` ; ce qui n’a pas changé est repris du cache. ${FAILED}`,
      },
      { evidence: seen },
    );
  },
};
