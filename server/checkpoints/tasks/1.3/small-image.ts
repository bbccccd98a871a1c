import type { Criterion, Finding } from '../../definitions.ts';
import { aptListsLeft, pipCacheKept } from '../../probes/dockerfile/layer-leftovers.ts';
import { at, quote } from '../../probes/dockerfile/quote.ts';
import { readableDockerfile } from '../../probes/dockerfile/read-dockerfile.ts';
import { evidence, met, notMet, remark } from '../../probes/findings.ts';
import { imageLeftovers, type Leftover } from '../../probes/image/image-leftovers.ts';
import { imageName, learnerImage } from '../../probes/image/learner-image.ts';
import { megabytes } from '../../probes/say.ts';

const expected = 'une image sans cache de pip, sans listes d’apt, sans dépôt git ni environnement virtuel';
const HEAVY: Partial<Record<Leftover['kind'], { code: string; observed: string; look: string }>> = {
  'pip-cache': { code: 'image.pip-cache', observed: 'le cache de pip', look: 'Ajoutez `--no-cache-dir` à `pip install`.' },
  'apt-lists': {
    code: 'image.apt-lists',
    observed: 'les listes d’apt',
    look: 'Finissez le même `RUN` par `rm -rf /var/lib/apt/lists/*` : plus tard, elles pèseraient déjà dans la couche.',
  },
  git: { code: 'image.git-inside', observed: 'le dépôt git', look: 'Écrivez `.git` dans `.dockerignore`, puis reconstruisez.' },
  venv: {
    code: 'image.venv-inside',
    observed: 'un environnement virtuel',
    look: 'Écrivez `.venv` dans `.dockerignore`, puis reconstruisez.',
  },
};

export const smallImage: Criterion = {
  id: '1.3/small-image',
  needs: ['1.3/image'],
  async judge(view): Promise<Finding> {
    const [{ image: wanted, source }, image] = await Promise.all([readableDockerfile(view), learnerImage(view)]);
    const name = imageName(image);
    const leftovers = await imageLeftovers(view, image);
    const seen = [evidence(`image ${name}`, [megabytes(image.sizeBytes), ...leftovers.map(({ path }) => path)].join('\n'))];
    const lists = aptListsLeft(wanted);
    const fault = leftovers.find(({ kind }) => HEAVY[kind]) ?? (lists ? { kind: 'apt-lists' as const, path: '/var/lib/apt/lists' } : null);
    const heavy = fault && HEAVY[fault.kind];
    if (heavy) {
      const guilty = fault.kind === 'pip-cache' ? pipCacheKept(wanted) : fault.kind === 'apt-lists' ? lists : null;
      return notMet(
        heavy.code,
        {
          expected,
          observed: `l’image \`${name}\` garde ${heavy.observed}, \`${fault.path}\``,
          where: { ...at(guilty), image: name },
          look: heavy.look,
        },
        { evidence: guilty ? [...seen, quote(source, guilty.line, guilty.endLine)] : seen },
      );
    }
    const extra = leftovers.filter(({ kind }) => kind === 'logs' || kind === 'data');
    const remarks = extra.map(({ path }) =>
      remark(
        'image.context-files',
        `L’image emporte des fichiers de \`${path}\` : écrivez ce dossier dans \`.dockerignore\`, il viendra d’un volume.`,
        { image: name },
      ),
    );
    return met({ evidence: seen, remarks });
  },
};
