import type { Criterion } from '../../definitions.ts';
import { at, quote } from '../../probes/dockerfile/quote.ts';
import { readableDockerfile } from '../../probes/dockerfile/read-dockerfile.ts';
import { met, notMet } from '../../probes/findings.ts';
import { imageSecrets } from '../../probes/image/image-secrets.ts';
import { imageName, learnerImage } from '../../probes/image/learner-image.ts';

const expected = 'aucun mot de passe ni jeton dans l’image, son histoire ou son Dockerfile';
const HOW = {
  env: { code: 'secret.env', observed: 'la variable `NAME` y porte un mot de passe ou un secret, lisible par `docker image inspect`' },
  arg: { code: 'secret.arg', observed: 'l’argument `NAME` donne un secret à la construction : il reste dans `docker history`' },
  run: { code: 'secret.run', observed: 'un secret est écrit dans une commande `RUN` : il reste dans `docker history`' },
  file: { code: 'secret.file', observed: 'le fichier `NAME` et ses mots de passe sont dans l’image' },
};
const LOOK = {
  env: 'Retirez-la du Dockerfile : elle se donne au démarrage, par `docker run -e` ou par Compose.',
  arg: 'Donnez-le au démarrage, ou par `RUN --mount=type=secret` si la construction en a besoin.',
  run: 'Donnez-le au démarrage, ou par `RUN --mount=type=secret` si la construction en a besoin.',
  file: 'Écrivez `.env` dans `.dockerignore`, puis reconstruisez.',
};

export const noSecret: Criterion = {
  id: '1.3/no-secret',
  needs: ['1.3/image'],
  async judge(view) {
    const [{ model, source }, image] = await Promise.all([readableDockerfile(view), learnerImage(view)]);
    const secrets = await imageSecrets(view, image, model);
    const first = secrets[0];
    if (!first) return met();
    const { instruction } = first;
    const line = instruction ? lineOf(source, instruction.line, instruction.endLine, first.name) : null;
    const others = [...new Set(secrets.map(({ name }) => name))].filter((name) => name !== first.name);
    const { code, observed } = HOW[first.kind];
    return notMet(
      code,
      {
        expected,
        observed: observed.replace('NAME', first.name) + (others.length > 0 ? ` ; de même : ${others.join(', ')}` : ''),
        where: { ...at(instruction), ...(line ? { line } : {}), image: imageName(image) },
        look: LOOK[first.kind],
      },
      { evidence: line ? [quote(source, line)] : [] },
    );
  },
};

/** The line of a long instruction that speaks of the name. */
function lineOf(source: string, first: number, last: number, name: string): number {
  const offset = source
    .split(/\r?\n/)
    .slice(first - 1, last)
    .findIndex((line) => line.includes(name));
  return first + Math.max(0, offset);
}
