import type { Criterion } from '../../definitions.ts';
import { met, notMet } from '../../probes/findings.ts';
import { missingOf } from '../../probes/project/find-places.ts';
import { sayMissing } from '../../probes/project/say-missing.ts';

const MODULES = ['src/__init__.py', 'src/extract.py', 'src/transform.py', 'src/load.py'];

export const pythonPackage: Criterion = {
  id: '1.1/package',
  needs: [],
  async judge(view) {
    const [first, ...others] = await missingOf(
      view,
      MODULES.map((path) => ({ path, kind: 'file' })),
    );
    if (!first) return met();
    const expected = `le paquet \`src\` : ${MODULES.map((path) => `\`${path}\``).join(', ')}`;
    const make = '`touch src/__init__.py` fait d’un dossier un paquet Python ; les trois modules se créent de même.';
    const { code, ...diagnosis } = sayMissing([first, ...others], expected, make);
    return notMet(code, diagnosis);
  },
};
