import { healthCheckAct, healthRunState } from '../../acts/health-check.ts';
import { criterion } from '../../criterion.ts';
import { at } from '../../readers/dockerfile/quote.ts';
import { readableDockerfile } from '../../readers/dockerfile/read-dockerfile.ts';
import { writtenHealth } from '../../readers/dockerfile/written-health.ts';
import { evidence } from '../../readers/findings.ts';
import { healthArgv } from '../../readers/image/image-health.ts';
import { imageName, learnerImage } from '../../readers/image/learner-image.ts';
import { missingCode } from '../../readers/image/missing-code.ts';
import { tail } from '../../readers/say.ts';

export const healthcheckTrial = criterion('1.3/healthcheck-trial', {
  needs: ['1.3/image', '1.3/healthcheck'],
  expected: 'un bilan de santé qui sort avec le code 0 quand l’entrepôt répond, et avec un autre quand il ne répond pas',
  act: healthCheckAct,
  async read(view, { alone: done, beside }) {
    const image = await learnerImage(view);
    const { image: wanted } = await readableDockerfile(view);
    const written = writtenHealth(wanted);
    const state = healthRunState(done);
    const missing = state === 'broken' ? await missingCode(view, image, wanted) : null;
    const command = image.health ? healthArgv(image.health, image.shell).join(' ') : '';
    const instruction = written.state === 'written' ? written.instruction : null;
    return { image, state, missing, command, instruction, beside, code: done.code, said: tail(done.output, 1), output: tail(done.output) };
  },
  where: ({ image, instruction }) => ({ ...at(instruction), image: imageName(image) }),
  evidence: ({ state, command, code, output, beside }) => [
    evidence(`sans réseau : ${command}`, state === 'late' ? 'pas de réponse dans le délai' : `${output}\ncode ${code}`.trim()),
    ...(beside === null ? [] : [evidence(`à côté d’une base : ${command}`, `${tail(beside.output)}\ncode ${beside.code}`.trim())]),
  ],
})
  .fault('health.never-fails', ({ state }) => state === 'succeeds', {
    observed: 'sans réseau ni entrepôt, le bilan répond quand même oui (code 0)',
    look: 'Faites-lui éprouver ce qui peut manquer : une connexion à l’entrepôt, un journal récent.',
  })
  .fault('health.tool-missing', ({ state }) => state === 'tool-missing', {
    observed: ({ code }) => `la commande du bilan n’existe pas dans l’image (code ${code}) : il échouera toujours`,
    look: 'Employez ce que l’image a déjà : Python sait ouvrir une connexion.',
  })
  .blocked(
    '1.3/entry-point',
    ({ missing }) => missing,
    (_, { file }) => `l’image n’a pas \`${file}\` : le bilan ne peut pas s’exécuter non plus`,
  )
  .fault('health.broken', ({ state }) => state === 'broken', {
    observed: ({ said }) => `le bilan ne peut pas s’exécuter, il échouera même quand tout va bien : ${said}`,
    look: 'Vérifiez que le fichier est copié dans l’image, et lancez la commande vous-même par `docker run --rm` et le nom de l’image.',
  })
  .blocked(
    '1.3/non-root',
    ({ state }) => state === 'no-account',
    ({ said }) => `le conteneur de l’essai ne démarre pas : ${said}`,
  )
  .fault('health.no-start', ({ state }) => state === 'no-start', {
    observed: ({ said }) => `un conteneur de l’image ne peut pas démarrer : ${said}`,
    look: 'Lisez le message, corrigez le Dockerfile, reconstruisez.',
  })
  .fault('health.always-fails', ({ beside }) => beside?.state === 'fails' && beside, {
    observed: (_, { code, output }) => {
      const said = tail(output, 1);
      return `à côté d’une base qui répond, et de votre programme en marche, le bilan échoue encore (code ${code})${said ? ` : ${said}` : ''} : le conteneur ne sera jamais « healthy »`;
    },
    look: 'Le bilan doit sortir avec le code 0 quand tout va bien : suivez-le jusqu’à son `sys.exit` ou son `return`, et vérifiez les noms des variables qu’il lit.',
  });
