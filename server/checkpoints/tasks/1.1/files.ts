import { criterion } from '../../criterion.ts';
import { missingOf, noneOf } from '../../readers/project/read-places.ts';
import { sayMissing } from '../../readers/project/say-missing.ts';

const FILES = ['Dockerfile', 'docker-compose.yml', '.dockerignore', 'requirements.txt', 'etl_pipeline.py', 'config/config.yaml'];

export const files = criterion('1.1/files', {
  needs: [],
  expected: `les fichiers ${FILES.map((path) => `\`${path}\``).join(', ')} (vides pour l’instant)`,
  read: (view) => missingOf(view, 'file', FILES),
})
  .faultOf((missing) => sayMissing(missing, '`touch` crée un fichier vide, `mkdir -p` le dossier où il va.'))
  .untouched((missing) => noneOf(FILES, missing));
