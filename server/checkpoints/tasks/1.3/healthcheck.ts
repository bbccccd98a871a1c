import type { Criterion } from '../../definitions.ts';
import { at, quote } from '../../probes/dockerfile/quote.ts';
import { DOCKERFILE, readableDockerfile } from '../../probes/dockerfile/read-dockerfile.ts';
import { writtenHealth } from '../../probes/dockerfile/written-health.ts';
import { met, notMet } from '../../probes/findings.ts';
import { healthConstant, healthMissingTool } from '../../probes/image/image-health.ts';
import { readLearnerImage } from '../../probes/image/learner-image.ts';

const expected = 'une instruction `HEALTHCHECK` dont la commande peut échouer';

export const healthcheck: Criterion = {
  id: '1.3/healthcheck',
  needs: ['1.3/dockerfile'],
  async judge(view) {
    const { image, source } = await readableDockerfile(view);
    const written = writtenHealth(image);
    if (written.state === 'absent') {
      const look =
        'Ajoutez une commande qui éprouve ce dont le pipeline a besoin, l’entrepôt par exemple, et sort avec le code 1 quand il manque.';
      return notMet('health.absent', { expected, observed: 'aucune instruction `HEALTHCHECK`', where: { file: DOCKERFILE }, look });
    }
    const { instruction } = written;
    const where = at(instruction);
    const seen = { evidence: [quote(source, instruction.line, instruction.endLine)] };
    if (written.state === 'none') {
      const look = 'Remplacez `NONE` par `CMD` et une commande.';
      return notMet('health.none', { expected, observed: '`HEALTHCHECK NONE` éteint le bilan de santé', where, look }, seen);
    }
    const constant = healthConstant(written.health);
    if (constant !== null) {
      const observed = `\`${constant}\` répond toujours oui : ce bilan de santé ne peut pas échouer`;
      const look =
        'Un bilan qui ne peut pas échouer ne contrôle rien : faites-lui interroger l’entrepôt, et sortir avec le code 1 en cas d’échec.';
      return notMet('health.cannot-fail', { expected, observed, where, look }, seen);
    }
    const reading = await readLearnerImage(view);
    const missing = reading.state === 'current' ? await healthMissingTool(view, reading.image, written.health) : null;
    if (missing === null) return met(seen);
    const observed = `le bilan appelle \`${missing}\`, que l’image ne contient pas : il échouera toujours, même quand tout va bien`;
    const look = 'Employez ce que l’image a déjà : Python sait ouvrir une connexion.';
    return notMet('health.tool-missing', { expected, observed, where, look }, seen);
  },
};
