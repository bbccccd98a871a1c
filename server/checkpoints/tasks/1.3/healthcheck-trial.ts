import type { Criterion } from '../../definitions.ts';
import { tryHealth } from '../../probes/container/health-trial.ts';
import { at } from '../../probes/dockerfile/quote.ts';
import { readableDockerfile } from '../../probes/dockerfile/read-dockerfile.ts';
import { writtenHealth } from '../../probes/dockerfile/written-health.ts';
import { cannotTell, evidence, met, notMet } from '../../probes/findings.ts';
import { healthArgv } from '../../probes/image/image-health.ts';
import { imageName, learnerImage } from '../../probes/image/learner-image.ts';
import { tail } from '../../probes/say.ts';

const expected = 'un bilan de santé qui sort avec un code autre que 0 quand l’entrepôt ne répond pas';

export const healthcheckTrial: Criterion = {
  id: '1.3/healthcheck-trial',
  needs: ['1.3/image', '1.3/healthcheck'],
  trial: {
    announce:
      'L’essai lance le bilan de santé dans un conteneur temporaire de votre image, sans réseau, pendant 30 s au plus ; rien ne reste ensuite.',
    subject: async (view) => (await learnerImage(view)).id,
  },
  async judge(view) {
    const image = await learnerImage(view);
    const trial = await tryHealth(view, image);
    const written = writtenHealth((await readableDockerfile(view)).image);
    const where = { ...at(written.state === 'written' ? written.instruction : null), image: imageName(image) };
    const output = 'output' in trial ? tail(trial.output) : 'pas de réponse dans le délai';
    const command = image.health ? healthArgv(image.health, image.shell).join(' ') : '';
    const seen = { evidence: [evidence(`sans réseau : ${command}`, 'code' in trial ? `${output}\ncode ${trial.code}`.trim() : output)] };
    switch (trial.state) {
      case 'fails':
      case 'late':
        return met(seen);
      case 'succeeds':
        return notMet(
          'health.never-fails',
          {
            expected,
            observed: 'sans réseau ni entrepôt, le bilan répond quand même oui (code 0)',
            where,
            look: 'Faites-lui éprouver ce qui peut manquer : une connexion à l’entrepôt, un journal récent.',
          },
          seen,
        );
      case 'tool-missing':
        return notMet(
          'health.tool-missing',
          {
            expected,
            observed: `la commande du bilan n’existe pas dans l’image (code ${trial.code}) : il échouera toujours`,
            where,
            look: 'Employez ce que l’image a déjà : Python sait ouvrir une connexion.',
          },
          seen,
        );
      case 'broken':
        return notMet(
          'health.broken',
          {
            expected,
            observed: `le bilan ne peut pas s’exécuter, il échouera même quand tout va bien : ${tail(trial.output, 1)}`,
            where,
            look: 'Vérifiez que le fichier est copié dans l’image, et lancez la commande vous-même par `docker run --rm`.',
          },
          seen,
        );
      case 'no-account':
        return cannotTell('blocked.1.3/non-root', {
          expected: 'd’abord : un compte qui existe dans l’image',
          observed: `le conteneur de l’essai ne démarre pas : ${tail(trial.output, 1)}`,
          where,
          look: 'Réglez d’abord « Un processus sans privilège ».',
        });
      case 'no-start':
        return notMet(
          'health.no-start',
          {
            expected,
            observed: `un conteneur de l’image ne peut pas démarrer : ${tail(trial.output, 1)}`,
            where,
            look: 'Lisez le message, corrigez le Dockerfile, reconstruisez.',
          },
          seen,
        );
    }
  },
};
