import { criterion } from '../../criterion.ts';
import { plainSource } from '../../readers/dockerfile/copied-sources.ts';
import { missingSource } from '../../readers/dockerfile/missing-source.ts';
import { at, written } from '../../readers/dockerfile/quote.ts';
import { DOCKERFILE, readableDockerfile } from '../../readers/dockerfile/read-dockerfile.ts';
import { evidence } from '../../readers/findings.ts';
import { imageName, readLearnerImage } from '../../readers/image/learner-image.ts';
import { PROJECT, terminalBelow } from '../../readers/project/project-folder.ts';
import { treeOwner } from '../../readers/project/tree.ts';
import { readRequirements, refusedBefore } from '../../readers/python/requirements.ts';
import { clock, megabytes } from '../../readers/say.ts';

const NOT_THERE = 'l’image ne se construit pas : un `COPY` y apporte ce que le projet n’a pas encore';
const FAILED = 'Si la construction échoue, la ligne `ERROR` nomme l’instruction à corriger.';

const NO_IMAGE = 'le moteur du labo n’a aucune image construite depuis ce Dockerfile';

export const image = criterion('1.3/image', {
  needs: ['1.3/dockerfile'],
  expected: 'une image construite depuis ce Dockerfile, tel qu’il est maintenant',
  async read(view) {
    const reading = await readLearnerImage(view);
    const missing = reading.state === 'current' ? null : await missingSource(view, (await readableDockerfile(view)).image.instructions);
    const built = reading.state === 'absent' ? null : reading.image;
    const below = reading.state === 'current' ? null : await terminalBelow(view);
    const owner = missing && treeOwner(plainSource(missing.source));
    const refused = reading.state === 'current' ? null : refusedBefore(await readRequirements(view));
    return {
      below,
      missing,
      owner,
      refused,
      built,
      name: built ? imageName(built) : '',
      differs: reading.state === 'stale' ? reading.differs : null,
    };
  },
  where: { file: DOCKERFILE },
  evidence: ({ built, name }) =>
    built ? [evidence(`docker image inspect ${name}`, `construite à ${clock(built.createdMs)}, ${megabytes(built.sizeBytes)}`)] : [],
})
  .fault('image.copy-ignored', ({ missing }) => missing?.hidden && { ...missing, hidden: missing.hidden }, {
    observed: (_, { instruction, source, hidden }) =>
      `elle ne se construit pas : \`${written(instruction)}\` copie \`${source}\`, que \`${hidden.file}\` cache à Docker par \`${hidden.text}\` (ligne ${hidden.line})`,
    where: (_, { hidden }) => ({ file: hidden.file, line: hidden.line }),
    look: (_, { source }) => `Le fichier est bien là : retirez cette ligne, ou écrivez \`!${source}\` après elle, puis reconstruisez.`,
  })
  .blocked('1.1/files', ({ owner }) => owner === '1.1/files', NOT_THERE)
  .blocked('1.1/folders', ({ owner }) => owner === '1.1/folders', NOT_THERE)
  .blocked('1.1/package', ({ owner }) => owner === '1.1/package', NOT_THERE)
  .fault('image.copy-missing', ({ missing }) => missing, {
    observed: (_, { instruction, source }) =>
      `elle ne se construit pas : \`${written(instruction)}\` copie \`${source}\`, que le projet n’a pas`,
    where: (_, { instruction }) => at(instruction),
    look: (_, { source }) => `Corrigez ce chemin, qui se lit depuis le dossier du \`Dockerfile\`, ou créez \`${source}\`.`,
  })
  .blocked('1.2/requirements', ({ refused }) => refused, 'l’image ne se construit pas tant que pip ne peut pas lire la liste des paquets')
  .fault('image.absent', ({ built, below }) => !built && below, {
    observed: (_, below) =>
      `${NO_IMAGE} ; votre terminal est dans \`${below}/\`, et le point de \`docker build\` veut dire « ce dossier-ci »`,
    look: `Revenez à la racine du projet, où est le Dockerfile, puis construisez : \`cd ${PROJECT} && docker build -t etl .\``,
  })
  .fault('image.absent', ({ built }) => !built, {
    observed: NO_IMAGE,
    look: `Construisez-la par \`docker build -t etl .\` à la racine du projet. ${FAILED}`,
  })
  .fault('image.stale', ({ differs }) => differs, {
    observed: ({ name, built }, differs) =>
      `l’image \`${name}\`, construite à ${clock(built?.createdMs ?? 0)}, vient d’un Dockerfile plus ancien : ${sayDiffers(differs)}`,
    where: ({ name }, differs) => ({ ...at(typeof differs === 'string' ? null : differs), image: name }),
    look: ({ below }) =>
      `${below ? `Revenez à la racine du projet, \`cd ${PROJECT}\`, puis reconstruisez` : 'Reconstruisez'} : \`docker build -t etl .\` ; ce qui n’a pas changé est repris du cache. ${FAILED}`,
  });

function sayDiffers(differs: 'base' | 'more' | Parameters<typeof written>[0]): string {
  if (differs === 'base') return 'elle part d’une autre base';
  return differs === 'more' ? 'elle a des instructions de plus' : `\`${written(differs)}\` n’y est pas`;
}
