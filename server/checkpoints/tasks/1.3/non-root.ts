import type { Criterion } from '../../definitions.ts';
import { lastOf } from '../../probes/dockerfile/final-image.ts';
import { at, quote, written } from '../../probes/dockerfile/quote.ts';
import { readableDockerfile } from '../../probes/dockerfile/read-dockerfile.ts';
import { evidence, met, notMet } from '../../probes/findings.ts';
import { imageUser } from '../../probes/image/image-user.ts';
import { imageName, learnerImage } from '../../probes/image/learner-image.ts';

const expected = 'un conteneur qui démarre sous un compte sans privilège';

export const nonRoot: Criterion = {
  id: '1.3/non-root',
  needs: ['1.3/image'],
  async judge(view) {
    const [{ image: wanted, source }, image] = await Promise.all([readableDockerfile(view), learnerImage(view)]);
    const name = imageName(image);
    const user = await imageUser(view, image);
    const last = lastOf(wanted, 'USER');
    const where = { ...at(last), image: name };
    const seen = {
      evidence: [
        evidence(`docker image inspect ${name}`, `.Config.User ${JSON.stringify(user.written)}, uid ${user.uid ?? 'inconnu'}`),
        ...(last ? [quote(source, last.line)] : []),
      ],
    };
    if (user.uid === null) {
      const look = 'Créez le compte avant de le prendre : `RUN useradd --create-home etl`, puis `USER etl`.';
      return notMet(
        'user.unknown',
        { expected, observed: `l’image \`${name}\` n’a pas de compte \`${user.written}\` : elle ne peut pas démarrer`, where, look },
        seen,
      );
    }
    if (user.uid !== 0) return met(seen);
    if (!last) {
      const look = 'Créez un compte (`RUN useradd …`), donnez-lui les dossiers où il écrit, et finissez par `USER`.';
      return notMet(
        'user.absent',
        { expected, observed: `l’image \`${name}\` n’a pas d’instruction \`USER\` : elle démarre avec l’uid 0, root`, where, look },
        seen,
      );
    }
    const look = 'Le dernier `USER` l’emporte : il doit nommer un compte dont l’uid n’est pas 0.';
    return notMet(
      'user.root',
      { expected, observed: `l’image \`${name}\` démarre avec l’uid 0 : \`${written(last)}\``, where, look },
      seen,
    );
  },
};
