import { type StackRun, stackAct } from '../../acts/stack.ts';
import { criterion } from '../../criterion.ts';
import { COMPOSE_FILE } from '../../readers/compose/compose-files.ts';
import { evidence } from '../../readers/findings.ts';
import { withoutBrokenUrl } from '../../readers/logs/broken-url.ts';
import { lastErrorLine } from '../../readers/logs/last-error-line.ts';
import { causeOf } from '../../readers/logs/read-failure.ts';
import { tail } from '../../readers/say.ts';

const READ_LOG = 'Lisez le journal de l’ETL, puis « Les utilisateurs de la source arrivent justes » en 1.2.';

export const fromNothing = criterion('1.5/from-nothing', {
  needs: ['1.4/compose'],
  expected:
    'd’une copie du projet, sans volume ni image : `docker compose up --build` charge les lignes, sort avec le code 0 et écrit son journal',
  act: stackAct,
  read(_view, trial) {
    const risen = trial && (trial.ready ?? trial.late);
    const where = { file: COMPOSE_FILE, ...(trial ? { service: trial.etl } : {}) };
    return { trial, risen, run: risen?.run, wanted: trial?.users.length ?? 0, where };
  },
  where: ({ where }) => where,
  evidence: ({ risen }) => (risen ? [evidence('docker compose up --build, dans un dossier neuf', say(risen))] : []),
})
  .blocked('1.4/etl-service', ({ trial }) => !trial, 'le projet n’a pas de modèle que l’essai puisse démarrer')
  .fault('nothing.not-built', ({ risen }) => risen && risen.built.code !== 0 && risen.built, {
    observed: (_, { stderr }) => `l’image ne se construit pas : ${errorLine(stderr)}`,
    where: ({ where }) => ({ ...where, file: 'Dockerfile' }),
    look: 'Essayez `docker compose build --no-cache` : un fichier que l’image attend n’est peut-être pas dans le projet.',
  })
  .fault('nothing.not-up', ({ run }) => run === null, {
    observed: ({ risen }) => `\`docker compose up\` s’arrête avant de lancer l’ETL : ${errorLine(risen?.up?.stderr ?? '')}`,
    look: 'Recommencez dans une copie du dossier : `cp -r . /tmp/copie`, `cd /tmp/copie`, `docker compose -p copie up --build`',
  })
  .fault('nothing.failed', ({ run }) => run?.code && run, {
    observed: (_, { code, log, refusal }) => `l’ETL s’arrête avec le code ${code} : ${causeOf(withoutBrokenUrl(log || refusal))}`,
    look: 'Ce qui marche ici s’appuie peut-être sur un fichier ou un dossier qui n’est pas dans le projet.',
  })
  .fault('nothing.no-table', ({ risen }) => risen?.table === null, {
    observed: 'la table `users_data` est absente de la base neuve',
    look: READ_LOG,
  })
  // Which rows they are is the matter of 1.2.
  .fault('nothing.rows', ({ risen }) => risen?.table?.count === 0, {
    observed: ({ wanted }) => `la table \`users_data\` de la base neuve est vide, pour ${wanted} utilisateurs à la source`,
    look: READ_LOG,
  })
  .fault('nothing.no-log', ({ risen }) => risen?.logs.every(({ size }) => size === 0) && risen.logs, {
    observed: (_, [first]) => (first ? `${first.path} est vide` : 'le dossier `logs/` de la copie reste vide'),
    look: 'Montez `./logs` là où le programme écrit son journal, et réglez le journal avant la première ligne.',
  });

function errorLine(output: string): string {
  return lastErrorLine(output)?.slice(0, 300) ?? tail(output, 1);
}

function say({ built, up, run, table, logs }: StackRun): string {
  if (run === null) return tail((up ?? built).stderr, 6);
  const rows = table === null ? 'pas de table' : `${table.count} lignes`;
  return [
    tail(withoutBrokenUrl(run.log), 4),
    run.code === null ? 'encore en marche' : `code ${run.code}`,
    rows,
    ...logs.map(({ path, size }) => `${path} : ${size} octets`),
  ].join('\n');
}
