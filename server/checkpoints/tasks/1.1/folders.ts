import { criterion } from '../../criterion.ts';
import { anyNamed, missingOf } from '../../readers/project/read-places.ts';
import { sayMissing } from '../../readers/project/say-missing.ts';

const FOLDERS = ['data/raw', 'data/processed', 'logs'];

export const folders = criterion('1.1/folders', {
  needs: [],
  expected: `les dossiers ${FOLDERS.map((path) => `\`${path}/\``).join(', ')}`,
  read: async (view) => ({ missing: await missingOf(view, 'folder', FOLDERS), begun: await anyNamed(view, FOLDERS.join('/').split('/')) }),
})
  .faultOf(({ missing }) => sayMissing(missing, '`mkdir -p data/raw data/processed logs` les crée tous les trois.'))
  .untouched(({ begun }) => !begun);
