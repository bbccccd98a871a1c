import type { Criterion } from '../../definitions.ts';
import { met, notMet } from '../../probes/findings.ts';
import { missingOf } from '../../probes/project/find-places.ts';
import { sayMissing } from '../../probes/project/say-missing.ts';

const FOLDERS = ['data/raw', 'data/processed', 'logs'];

export const folders: Criterion = {
  id: '1.1/folders',
  needs: [],
  async judge(view) {
    const [first, ...others] = await missingOf(
      view,
      FOLDERS.map((path) => ({ path, kind: 'folder' })),
    );
    if (!first) return met();
    const expected = `les dossiers ${FOLDERS.map((path) => `\`${path}/\``).join(', ')}`;
    const { code, ...diagnosis } = sayMissing(
      [first, ...others],
      expected,
      '`mkdir -p data/raw data/processed logs` les crée tous les trois.',
    );
    return notMet(code, diagnosis);
  },
};
