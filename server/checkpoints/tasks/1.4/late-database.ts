import type { Criterion, Finding } from '../../definitions.ts';
import { COMPOSE_FILE } from '../../probes/compose/compose-files.ts';
import { cannotTell, evidence, met, notMet } from '../../probes/findings.ts';
import { causeOf } from '../../probes/sandbox/read-failure.ts';
import { type Rise, succeeded, tryStack } from '../../probes/sandbox/stack-trial.ts';
import { tail } from '../../probes/say.ts';
import { stackTerms } from './terms.ts';

const expected = 'une base qui tarde à répondre, et un ETL qui charge quand même ses lignes';
const look =
  'Faites attendre l’ETL : `depends_on` avec `condition: service_healthy` ; ou faites-lui retenter sa connexion, quelques secondes de suite.';

export const lateDatabase: Criterion = {
  id: '1.4/late-database',
  needs: ['1.4/compose', '1.4/postgres', '1.4/etl-service'],
  trial: stackTerms,
  async judge(view) {
    const trial = await tryStack(view);
    if (trial === null) return blockedByRows('le projet n’a pas de modèle que l’essai puisse démarrer');
    const { late, ready, plan } = trial;
    const where = { file: COMPOSE_FILE, service: plan.etl };
    const seen = { evidence: [evidence(`docker compose up, base en retard`, sayRise(late))] };
    if (succeeded(late)) return met(seen);
    if (ready === null || !succeeded(ready)) return blockedByRows('l’ETL ne charge rien non plus quand la base est prête');
    if (late.passage === null) {
      const observed = `l’ETL n’a pas démarré : ${said(late)}`;
      return notMet(
        'late.never-started',
        { expected, observed, where, look: 'Donnez plus de temps au bilan de la base : `retries`, `start_period`.' },
        seen,
      );
    }
    const observed = `la base ne répond pas encore quand l’ETL la cherche, et il s’arrête avec le code ${late.passage.code} : ${causeOf(late.passage.log)}`;
    return notMet('late.not-waiting', { expected, observed, where, look }, seen);
  },
};

function blockedByRows(observed: string): Finding {
  return cannotTell('blocked.1.4/rows', {
    expected: 'd’abord : un ETL qui charge ses lignes',
    observed,
    where: {},
    look: 'Réglez d’abord « Les lignes de la source dans `users_data` ».',
  });
}

function said({ built, up }: Rise): string {
  const { stderr } = up ?? built;
  return (
    stderr
      .split('\n')
      .findLast((line) => /error|unhealthy|failed|exited/i.test(line))
      ?.trim() ?? tail(stderr, 1)
  );
}

function sayRise({ built, up, passage }: Rise): string {
  if (passage !== null) return `${tail(passage.log, 6)}\n${passage.code === null ? 'encore en marche' : `code ${passage.code}`}`;
  return tail((up ?? built).stderr, 6);
}
