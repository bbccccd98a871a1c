import { criterion } from '../../criterion.ts';
import { missingOf, noneOf } from '../../readers/project/read-places.ts';
import { sayMissing } from '../../readers/project/say-missing.ts';

const MODULES = ['src/__init__.py', 'src/extract.py', 'src/transform.py', 'src/load.py'];

export const pythonPackage = criterion('1.1/package', {
  needs: [],
  expected: `le paquet \`src\` : ${MODULES.map((path) => `\`${path}\``).join(', ')}`,
  read: (view) => missingOf(view, 'file', MODULES),
})
  .faultOf((missing) =>
    sayMissing(missing, '`touch src/__init__.py` fait d’un dossier un paquet Python ; les trois modules se créent de même.'),
  )
  .untouched((missing) => noneOf(MODULES, missing));
