import { criterion } from '../../criterion.ts';
import { missingOf } from '../../readers/project/read-places.ts';
import { sayMissing } from '../../readers/project/say-missing.ts';
import { TREE } from '../../readers/project/tree.ts';

const FOLDERS = TREE['1.1/folders'];

export const folders = criterion('1.1/folders', {
  needs: [],
  expected: `les dossiers ${FOLDERS.map((path) => `\`${path}/\``).join(', ')}`,
  read: (view) => missingOf(view, 'folder', FOLDERS),
}).faultOf((missing) => sayMissing(missing, '`mkdir -p data/raw data/processed logs` les crée tous les trois.'));
