import { criterion } from '../../criterion.ts';
import { DOCKERFILE, dockerfileName } from '../../readers/dockerfile/read-dockerfile.ts';
import { LOWER_CASE } from '../../readers/dockerfile/say-lower-case.ts';
import { missingOf, noneOf } from '../../readers/project/read-places.ts';
import { sayMissing } from '../../readers/project/say-missing.ts';
import { TREE } from '../../readers/project/tree.ts';

const FILES = TREE['1.1/files'];

export const files = criterion('1.1/files', {
  needs: [],
  expected: `les fichiers ${FILES.map((path) => `\`${path}\``).join(', ')} (vides pour l’instant)`,
  async read(view) {
    const name = await dockerfileName(view);
    const missing = await missingOf(view, 'file', FILES);
    return { name, missing: missing.filter(({ path }) => path !== DOCKERFILE || name === DOCKERFILE) };
  },
})
  .faultOf(({ missing }) => sayMissing(missing, '`touch` crée un fichier vide, `mkdir -p` le dossier où il va.'))
  .remark(
    'dockerfile.lower-case',
    ({ name }) => name !== DOCKERFILE,
    LOWER_CASE,
    ({ name }) => ({ file: name }),
  )
  .untouched(({ name, missing }) => name === DOCKERFILE && noneOf(FILES, missing));
