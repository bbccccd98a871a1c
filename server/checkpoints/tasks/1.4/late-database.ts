import { type StackOutcome, type StackRun, stackAct, succeeded } from '../../acts/stack.ts';
import { criterion } from '../../criterion.ts';
import { COMPOSE_FILE } from '../../readers/compose/compose-files.ts';
import { evidence } from '../../readers/findings.ts';
import { withoutBrokenUrl } from '../../readers/logs/broken-url.ts';
import { lastErrorLine } from '../../readers/logs/last-error-line.ts';
import { causeOf } from '../../readers/logs/read-failure.ts';
import { tail } from '../../readers/say.ts';

export const lateDatabase = criterion('1.4/late-database', {
  needs: ['1.4/compose', '1.4/postgres', '1.4/etl-service'],
  expected: 'une base qui tarde à répondre, et un ETL qui charge quand même ses lignes',
  act: stackAct,
  read: (_view, trial: StackOutcome | null) => trial,
  where: (trial) => ({ file: COMPOSE_FILE, ...(trial ? { service: trial.etl } : {}) }),
  evidence: (trial) => (trial ? [evidence('docker compose up, base en retard', sayStackRun(trial.late))] : []),
})
  .blocked('1.4/rows', (trial) => trial === null, 'le projet n’a pas de modèle que l’essai puisse démarrer')
  .blocked('1.4/rows', (trial) => trial?.ready && !succeeded(trial.ready), 'l’ETL ne charge rien non plus quand la base est prête')
  .fault('late.never-started', (trial) => trial && !succeeded(trial.late) && trial.late.run === null && trial.late, {
    observed: (_, late) => `l’ETL n’a pas démarré : ${said(late)}`,
    look: 'Donnez plus de temps au bilan de la base : `retries`, `start_period`.',
  })
  .fault('late.not-waiting', (trial) => trial && !succeeded(trial.late) && trial.late.run, {
    observed: (_, { code, log }) =>
      `la base ne répond pas encore quand l’ETL la cherche, et il s’arrête avec le code ${code} : ${causeOf(withoutBrokenUrl(log))}`,
    look: 'Faites attendre l’ETL : `depends_on` avec `condition: service_healthy` ; ou faites-lui retenter sa connexion, quelques secondes de suite.',
  });

function said({ built, up }: StackRun): string {
  const { stderr } = up ?? built;
  return lastErrorLine(stderr) ?? tail(stderr, 1);
}

function sayStackRun({ built, up, run }: StackRun): string {
  if (run !== null) return `${tail(withoutBrokenUrl(run.log), 6)}\n${run.code === null ? 'encore en marche' : `code ${run.code}`}`;
  return tail((up ?? built).stderr, 6);
}
