import type { Criterion } from '../../definitions.ts';
import { met, notMet } from '../../probes/findings.ts';
import { missingOf } from '../../probes/project/find-places.ts';
import { sayMissing } from '../../probes/project/say-missing.ts';

const FILES = ['Dockerfile', 'docker-compose.yml', '.dockerignore', 'requirements.txt', 'etl_pipeline.py', 'config/config.yaml'];

export const files: Criterion = {
  id: '1.1/files',
  needs: [],
  async judge(view) {
    const [first, ...others] = await missingOf(
      view,
      FILES.map((path) => ({ path, kind: 'file' })),
    );
    if (!first) return met();
    const expected = `les fichiers ${FILES.map((path) => `\`${path}\``).join(', ')} (vides pour l’instant)`;
    const { code, ...diagnosis } = sayMissing(
      [first, ...others],
      expected,
      '`touch` crée un fichier vide, `mkdir -p` le dossier où il va.',
    );
    return notMet(code, diagnosis);
  },
};
