import { criterion } from '../../criterion.ts';
import { lastOf } from '../../readers/dockerfile/final-image.ts';
import { at, quote, written } from '../../readers/dockerfile/quote.ts';
import { readableDockerfile } from '../../readers/dockerfile/read-dockerfile.ts';
import { evidence } from '../../readers/findings.ts';
import { imageUser } from '../../readers/image/image-user.ts';
import { imageName, learnerImage } from '../../readers/image/learner-image.ts';

export const nonRoot = criterion('1.3/non-root', {
  needs: ['1.3/image'],
  expected: 'un conteneur qui démarre sous un compte sans privilège',
  async read(view) {
    const [{ image: wanted, source }, image] = await Promise.all([readableDockerfile(view), learnerImage(view)]);
    return { source, name: imageName(image), user: await imageUser(view, image), last: lastOf(wanted, 'USER') };
  },
  where: ({ last, name }) => ({ ...at(last), image: name }),
  evidence: ({ name, user, last, source }) => [
    evidence(`docker image inspect ${name}`, `.Config.User ${JSON.stringify(user.written)}, uid ${user.uid ?? 'inconnu'}`),
    ...(last ? [quote(source, last.line)] : []),
  ],
})
  .fault('user.unknown', ({ user }) => user.uid === null, {
    observed: ({ name, user }) => `l’image \`${name}\` n’a pas de compte \`${user.written}\` : elle ne peut pas démarrer`,
    look: 'Créez le compte avant de le prendre : `RUN useradd --create-home etl`, puis `USER etl`.',
  })
  .fault('user.absent', ({ user, last }) => user.uid === 0 && !last, {
    observed: ({ name }) => `l’image \`${name}\` n’a pas d’instruction \`USER\` : elle démarre avec l’uid 0, root`,
    look: 'Créez un compte (`RUN useradd …`), donnez-lui les dossiers où il écrit, et finissez par `USER`.',
  })
  .fault('user.root', ({ user, last }) => user.uid === 0 && last, {
    observed: ({ name }, last) => `l’image \`${name}\` démarre avec l’uid 0 : \`${written(last)}\``,
    look: 'Le dernier `USER` l’emporte : il doit nommer un compte dont l’uid n’est pas 0.',
  });
