import { criterion } from '../../criterion.ts';
import { missingOf, noneOf } from '../../readers/project/read-places.ts';
import { sayMissing } from '../../readers/project/say-missing.ts';
import { TREE } from '../../readers/project/tree.ts';

const MODULES = TREE['1.1/package'];

export const pythonPackage = criterion('1.1/package', {
  needs: [],
  expected: `le paquet \`src\` : ${MODULES.map((path) => `\`${path}\``).join(', ')}`,
  read: (view) => missingOf(view, 'file', MODULES),
})
  .faultOf((missing) =>
    sayMissing(missing, '`touch src/__init__.py` fait d’un dossier un paquet Python ; les trois modules se créent de même.'),
  )
  .untouched((missing) => noneOf(MODULES, missing));
