import type { Criterion } from '../../definitions.ts';
import { at, written } from '../../probes/dockerfile/quote.ts';
import { DOCKERFILE } from '../../probes/dockerfile/read-dockerfile.ts';
import { evidence, met, notMet } from '../../probes/findings.ts';
import { imageName, readLearnerImage } from '../../probes/image/learner-image.ts';
import { clock, megabytes } from '../../probes/say.ts';

const expected = 'une image construite depuis ce Dockerfile, tel qu’il est maintenant';

export const image: Criterion = {
  id: '1.3/image',
  needs: ['1.3/dockerfile'],
  async judge(view) {
    const reading = await readLearnerImage(view);
    if (reading.state === 'absent') {
      return notMet('image.absent', {
        expected,
        observed: 'le moteur du labo n’a aucune image construite depuis ce Dockerfile',
        where: { file: DOCKERFILE },
        look: 'Construisez-la : `docker build -t etl .`',
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
        look: 'Reconstruisez : `docker build -t etl .` ; ce qui n’a pas changé est repris du cache.',
      },
      { evidence: seen },
    );
  },
};
