import { criterion } from '../../criterion.ts';
import { at, quote } from '../../readers/dockerfile/quote.ts';
import { readableDockerfile } from '../../readers/dockerfile/read-dockerfile.ts';
import { imageSecrets } from '../../readers/image/image-secrets.ts';
import { imageName, learnerImage } from '../../readers/image/learner-image.ts';

const AT_START = 'Donnez-le au démarrage, ou par `RUN --mount=type=secret` si la construction en a besoin.';
const SAYS = {
  env: {
    observed: 'la variable `NAME` y porte un mot de passe ou un secret, lisible par `docker image inspect`',
    look: 'Retirez-la du Dockerfile : elle se donne au démarrage, par `docker run -e` ou par Compose.',
  },
  arg: { observed: 'l’argument `NAME` donne un secret à la construction : il reste dans `docker history`', look: AT_START },
  run: { observed: 'un secret est écrit dans une commande `RUN` : il reste dans `docker history`', look: AT_START },
  file: {
    observed: 'le fichier `NAME` et ses mots de passe sont dans l’image',
    look: 'Écrivez `.env` dans `.dockerignore`, puis reconstruisez.',
  },
};

export const noSecret = criterion('1.3/no-secret', {
  needs: ['1.3/image'],
  expected: 'aucun mot de passe ni jeton dans l’image, son histoire ou son Dockerfile',
  async read(view) {
    const [{ model, source }, image] = await Promise.all([readableDockerfile(view), learnerImage(view)]);
    const [first, ...others] = await imageSecrets(view, image, model);
    const { instruction = null, name = '' } = first ?? {};
    const line = instruction && lineOf(source, instruction.line, instruction.endLine, name);
    const names = [...new Set(others.map((one) => one.name))].filter((one) => one !== name);
    return { first, others: names, source, line, where: { ...at(instruction), ...(line ? { line } : {}), image: imageName(image) } };
  },
  where: ({ where }) => where,
  evidence: ({ source, line }) => (line ? [quote(source, line)] : []),
}).fault(
  ({ first }) => `secret.${first?.kind}`,
  ({ first }) => first,
  {
    observed: ({ others }, { kind, name }) =>
      SAYS[kind].observed.replace('NAME', name) + (others.length > 0 ? ` ; de même : ${others.join(', ')}` : ''),
    look: (_, { kind }) => SAYS[kind].look,
  },
);

/** The line of a long instruction that speaks of the name. */
function lineOf(source: string, first: number, last: number, name: string): number {
  const offset = source
    .split(/\r?\n/)
    .slice(first - 1, last)
    .findIndex((line) => line.includes(name));
  return first + Math.max(0, offset);
}
