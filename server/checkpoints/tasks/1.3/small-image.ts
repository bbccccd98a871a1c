import { criterion } from '../../criterion.ts';
import { aptListsLeft, pipCacheKept } from '../../readers/dockerfile/layer-leftovers.ts';
import { makesVenv } from '../../readers/dockerfile/made-venv.ts';
import { at, quote } from '../../readers/dockerfile/quote.ts';
import { readableDockerfile } from '../../readers/dockerfile/read-dockerfile.ts';
import { evidence } from '../../readers/findings.ts';
import { imageLeftovers, type Leftover } from '../../readers/image/image-leftovers.ts';
import { imageName, learnerImage } from '../../readers/image/learner-image.ts';
import { megabytes } from '../../readers/say.ts';

const HEAVY: readonly Leftover['kind'][] = ['pip-cache', 'apt-lists', 'git', 'venv'];
const APT_LISTS: Leftover = { kind: 'apt-lists', path: '/var/lib/apt/lists' };

export const smallImage = criterion('1.3/small-image', {
  needs: ['1.3/image'],
  expected: 'une image sans cache de pip, sans listes d’apt, sans dépôt git ni environnement virtuel',
  async read(view) {
    const [{ image: wanted, source }, image] = await Promise.all([readableDockerfile(view), learnerImage(view)]);
    const found = await imageLeftovers(view, image);
    const leftovers = found.filter(({ kind, path }) => kind !== 'venv' || !makesVenv(wanted, path, image.workdir || '/'));
    const lists = aptListsLeft(wanted);
    const heavy = leftovers.find(({ kind }) => HEAVY.includes(kind)) ?? (lists ? APT_LISTS : null);
    const guilty = heavy?.kind === 'pip-cache' ? pipCacheKept(wanted) : heavy?.kind === 'apt-lists' ? lists : null;
    const left = (kind: Leftover['kind']) => (heavy?.kind === kind ? heavy.path : null);
    return { image, name: imageName(image), source, leftovers, guilty, left };
  },
  where: ({ guilty, name }) => ({ ...at(guilty), image: name }),
  evidence: ({ image, name, leftovers, guilty, source }) => [
    evidence(`image ${name}`, [megabytes(image.sizeBytes), ...leftovers.map(({ path }) => path)].join('\n')),
    ...(guilty ? [quote(source, guilty.line, guilty.endLine)] : []),
  ],
})
  .fault('image.pip-cache', ({ left }) => left('pip-cache'), {
    observed: ({ name }, path) => `l’image \`${name}\` garde le cache de pip, \`${path}\``,
    look: 'À `pip install`, ajoutez `--no-cache-dir`.',
  })
  .fault('image.apt-lists', ({ left }) => left('apt-lists'), {
    observed: ({ name }, path) => `l’image \`${name}\` garde les listes d’apt, \`${path}\``,
    look: 'Finissez le même `RUN` par `rm -rf /var/lib/apt/lists/*` : plus tard, elles pèseraient déjà dans la couche.',
  })
  .fault('image.git-inside', ({ left }) => left('git'), {
    observed: ({ name }, path) => `l’image \`${name}\` garde le dépôt git, \`${path}\``,
    look: 'Écrivez `.git` dans `.dockerignore`, puis reconstruisez.',
  })
  .fault('image.venv-inside', ({ left }) => left('venv'), {
    observed: ({ name }, path) => `l’image \`${name}\` garde un environnement virtuel venu du projet, \`${path}\``,
    look: 'Écrivez `.venv` dans `.dockerignore`, puis reconstruisez.',
  })
  .remarks(({ leftovers, name }) =>
    leftovers
      .filter(({ kind }) => kind === 'logs' || kind === 'data')
      .map(({ path }) => ({
        code: 'image.context-files',
        text: `L’image emporte des fichiers de \`${path}\` : écrivez ce dossier dans \`.dockerignore\`, il viendra d’un volume.`,
        where: { image: name },
      })),
  );
