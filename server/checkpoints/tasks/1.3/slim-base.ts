import type { Criterion } from '../../definitions.ts';
import { readBaseImage } from '../../probes/dockerfile/base-image.ts';
import { quote } from '../../probes/dockerfile/quote.ts';
import { DOCKERFILE, readableDockerfile } from '../../probes/dockerfile/read-dockerfile.ts';
import { met, notMet, remark } from '../../probes/findings.ts';

const expected = 'une image finale qui part de `python:3.11-slim` ou d’une image Python aussi légère';

export const slimBase: Criterion = {
  id: '1.3/slim-base',
  needs: ['1.3/dockerfile'],
  async judge(view) {
    const { image, source } = await readableDockerfile(view);
    const base = readBaseImage(image.base);
    const where = { file: DOCKERFILE, line: image.baseLine, image: base.name };
    const evidence = [quote(source, image.baseLine)];
    if (!base.isPython) {
      return notMet(
        'base.not-python',
        {
          expected,
          observed: `l’image finale part de \`${base.name}\`, qui n’est pas une image Python`,
          where,
          look: 'Une image Python apporte l’interpréteur et pip à la bonne version : changez la ligne `FROM`.',
        },
        { evidence },
      );
    }
    if (!base.isSlim) {
      return notMet(
        'base.not-slim',
        {
          expected,
          observed: `l’image finale part de \`${base.name}\`, la version complète, avec ses compilateurs`,
          where,
          look: 'Ajoutez `-slim` à l’étiquette : la même version de Python, sans ce qu’une exécution n’emploie pas.',
        },
        { evidence },
      );
    }
    const floating = remark(
      'base.floating',
      `\`${base.name}\` ne fixe pas la version de Python : la même ligne donnera un jour une autre image.`,
      where,
    );
    return met({ evidence, remarks: base.isFloating ? [floating] : [] });
  },
};
