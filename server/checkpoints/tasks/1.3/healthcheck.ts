import { criterion } from '../../criterion.ts';
import { at, quote } from '../../readers/dockerfile/quote.ts';
import { readableDockerfile } from '../../readers/dockerfile/read-dockerfile.ts';
import { writtenHealth } from '../../readers/dockerfile/written-health.ts';
import { healthConstant, healthMissingTool } from '../../readers/image/image-health.ts';
import { readLearnerImage } from '../../readers/image/learner-image.ts';

export const healthcheck = criterion('1.3/healthcheck', {
  needs: ['1.3/dockerfile'],
  expected: 'une instruction `HEALTHCHECK` dont la commande peut échouer',
  async read(view) {
    const { image, source } = await readableDockerfile(view);
    const written = writtenHealth(image);
    const health = written.state === 'written' ? written.health : null;
    const reading = await readLearnerImage(view);
    return {
      state: written.state,
      instruction: written.state === 'absent' ? null : written.instruction,
      source,
      constant: health && healthConstant(health),
      missing: health && reading.state === 'current' ? await healthMissingTool(view, reading.image, health) : null,
    };
  },
  where: ({ instruction }) => at(instruction),
  evidence: ({ source, instruction }) => (instruction ? [quote(source, instruction.line, instruction.endLine)] : []),
})
  .fault('health.absent', ({ state }) => state === 'absent', {
    observed: 'aucune instruction `HEALTHCHECK`',
    look: 'Ajoutez une commande qui éprouve ce dont le pipeline a besoin, l’entrepôt par exemple, et sort avec le code 1 quand il manque.',
  })
  .fault('health.none', ({ state }) => state === 'none', {
    observed: '`HEALTHCHECK NONE` éteint le bilan de santé',
    look: 'Remplacez `NONE` par `CMD` et une commande.',
  })
  .fault('health.cannot-fail', ({ constant }) => constant, {
    observed: (_, constant) => `\`${constant}\` répond toujours oui : ce bilan de santé ne peut pas échouer`,
    look: 'Un bilan qui ne peut pas échouer ne contrôle rien : faites-lui interroger l’entrepôt, et sortir avec le code 1 en cas d’échec.',
  })
  .fault('health.tool-missing', ({ missing }) => missing, {
    observed: (_, missing) =>
      `le bilan appelle \`${missing}\`, que l’image ne contient pas : il échouera toujours, même quand tout va bien`,
    look: 'Employez ce que l’image a déjà : Python sait ouvrir une connexion.',
  });
