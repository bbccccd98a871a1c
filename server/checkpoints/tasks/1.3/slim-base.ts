import { criterion } from '../../criterion.ts';
import { readBaseImage } from '../../readers/dockerfile/base-image.ts';
import { quote } from '../../readers/dockerfile/quote.ts';
import { readableDockerfile } from '../../readers/dockerfile/read-dockerfile.ts';

export const slimBase = criterion('1.3/slim-base', {
  needs: ['1.3/dockerfile'],
  expected: 'une image finale qui part de `python:3.11-slim` ou d’une image Python aussi légère',
  async read(view) {
    const { image, source, file } = await readableDockerfile(view);
    return { base: readBaseImage(image.base), line: image.baseLine, source, file };
  },
  where: ({ base, line, file }) => ({ file, line, image: base.name }),
  evidence: ({ source, line }) => [quote(source, line)],
})
  .fault('base.not-python', ({ base }) => !base.isPython, {
    observed: ({ base }) => `l’image finale part de \`${base.name}\`, qui n’est pas une image Python`,
    look: 'Une image Python apporte l’interpréteur et pip à la bonne version : changez la ligne `FROM`.',
  })
  .fault('base.not-slim', ({ base }) => !base.isSlim, {
    observed: ({ base }) => `l’image finale part de \`${base.name}\`, la version complète, avec ses compilateurs`,
    look: 'Ajoutez `-slim` à l’étiquette : la même version de Python, sans ce qu’une exécution n’emploie pas.',
  })
  .remark(
    'base.floating',
    ({ base }) => base.isFloating,
    ({ base }) => `\`${base.name}\` ne fixe pas la version de Python : la même ligne donnera un jour une autre image.`,
  );
