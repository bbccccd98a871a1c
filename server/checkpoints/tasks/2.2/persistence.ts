import { type RedisPersistenceOutcome, redisPersistenceAct } from '../../acts/redis-persistence.ts';
import { isUnnamed, mountOf } from '../../acts/stack.ts';
import { criterion } from '../../criterion.ts';
import { theService } from '../../readers/compose/compose-services.ts';
import { placeOf, readableCompose } from '../../readers/compose/read-compose.ts';

export const persistence = criterion('2.2/persistence', {
  needs: ['2.2/service'],
  expected: 'une clé écrite dans Redis, encore là quand son conteneur a été remplacé',
  act: redisPersistenceAct,
  async read(view, trial) {
    const { name } = await theService(view, 'redis');
    const lost = trial.state === 'tried' && !trial.kept ? readLost(trial) : null;
    const look = `Sous \`volumes\` du service \`${name}\` : \`redis_data:${lost?.folder ?? '/data'}\`, et \`redis_data:\` sous \`volumes\` à la racine du fichier.`;
    return {
      name,
      trial,
      lost,
      look,
      place: placeOf(await readableCompose(view), name, 'volumes'),
      command: placeOf(await readableCompose(view), name, 'command'),
    };
  },
  where: ({ place }) => place,
})
  .blocked('1.4/compose', ({ trial }) => trial.state === 'no-model', 'le projet n’a pas de modèle que l’essai puisse démarrer')
  .fault('persistence.no-answer', ({ trial }) => trial.state === 'no-answer' && trial, {
    observed: ({ name }, { said }) => `dans l’essai, \`${name}\` ne se laisse pas interroger : ${said}`,
    look: ({ name }) => `\`docker compose logs ${name}\` dit ce qu’il en pense.`,
  })
  .fault('persistence.wrong-path', ({ lost }) => lost?.beside && { ...lost, beside: lost.beside }, {
    observed: (_, { beside, folder }) => `le volume est monté sur \`${beside.target}\`, et Redis écrit dans \`${folder}\``,
    look: (_, { folder }) => `Montez le volume là où Redis écrit : \`${folder}\`.`,
  })
  .fault('persistence.in-memory', ({ lost }) => lost?.under?.kind === 'tmpfs' && lost, {
    observed: (_, { folder }) => `\`${folder}\` est en mémoire (tmpfs) : tout s’efface avec le conteneur`,
    look: ({ look }) => look,
  })
  .fault('persistence.unnamed-volume', ({ lost }) => lost && (lost.under === null || isUnnamed(lost.under)) && lost, {
    observed: (_, { folder }) => `\`${folder}\` n’est sur aucun volume qui ait un nom : chaque nouveau conteneur commence vide`,
    look: ({ look }) => look,
  })
  .fault('persistence.not-saved', ({ lost }) => lost, {
    observed: ({ name }) => `le volume est là, mais \`${name}\` n’y a pas écrit la clé avant de s’arrêter`,
    where: ({ command }) => command,
    look: 'Demandez à Redis d’enregistrer chaque écriture : `--appendonly yes`. `--save ""` seul coupe tout enregistrement.',
  });

/** Where Redis writes, what is mounted there, and what was probably meant for it. */
function readLost({ folder, mounts }: Extract<RedisPersistenceOutcome, { state: 'tried' }>) {
  const under = mountOf(mounts, folder);
  const named = mounts.find((mount) => mount.kind === 'volume' && !isUnnamed(mount));
  return { folder, under, beside: named && named.target !== under?.target ? named : null };
}
