import type { Criterion, Finding } from '../../definitions.ts';
import { COMPOSE_FILE } from '../../probes/compose/compose-files.ts';
import { cannotTell, evidence, met, notMet } from '../../probes/findings.ts';
import { causeOf } from '../../probes/sandbox/read-failure.ts';
import { lines } from '../../probes/sandbox/say-table.ts';
import { type Rise, type StackTrial, tryStack } from '../../probes/sandbox/stack-trial.ts';
import { tableFault } from '../../probes/sandbox/table-fault.ts';
import { tail } from '../../probes/say.ts';
import { stackTerms } from '../1.4/terms.ts';

const expected =
  'd’une copie du projet, sans volume ni image : `docker compose up --build` charge les lignes, sort avec le code 0 et écrit son journal';

export const fromNothing: Criterion = {
  id: '1.5/from-nothing',
  needs: ['1.4/compose'],
  trial: stackTerms,
  async judge(view) {
    const trial = await tryStack(view);
    if (trial === null) return blocked();
    const risen = trial.ready ?? trial.late;
    const seen = { evidence: [evidence('docker compose up --build, dans un dossier neuf', say(risen))] };
    const finding = notRisen(trial, risen) ?? wrongRows(trial, risen) ?? noLog(trial, risen);
    return finding === null ? met(seen) : { ...finding, ...seen };
  },
};

function notRisen({ plan }: StackTrial, { built, up, passage }: Rise): Finding | null {
  const where = { file: COMPOSE_FILE, service: plan.etl };
  if (built.code !== 0) {
    const observed = `l’image ne se construit pas : ${errorLine(built.stderr)}`;
    return notMet('nothing.not-built', {
      expected,
      observed,
      where: { ...where, file: 'Dockerfile' },
      look: 'Essayez `docker compose build --no-cache` : un fichier que l’image attend n’est peut-être pas dans le projet.',
    });
  }
  if (passage === null) {
    const observed = `\`docker compose up\` s’arrête avant de lancer l’ETL : ${errorLine(up?.stderr ?? '')}`;
    return notMet('nothing.not-up', {
      expected,
      observed,
      where,
      look: 'Recommencez dans une copie du dossier : `cp -r . /tmp/copie`, `cd /tmp/copie`, `docker compose -p copie up --build`.',
    });
  }
  if (passage.code === null || passage.code === 0) return null;
  const observed = `l’ETL s’arrête avec le code ${passage.code} : ${causeOf(passage.log || passage.refusal)}`;
  return notMet('nothing.failed', {
    expected,
    observed,
    where,
    look: 'Ce qui marche ici s’appuie peut-être sur un fichier ou un dossier qui n’est pas dans le projet.',
  });
}

function wrongRows({ plan, users }: StackTrial, { table }: Rise): Finding | null {
  const where = { file: COMPOSE_FILE, service: plan.etl };
  const look = 'Lisez le journal de l’ETL, puis « Les utilisateurs de la source arrivent justes » en 1.2.';
  if (table === null)
    return notMet('nothing.no-table', { expected, observed: 'la table `users_data` est absente de la base neuve', where, look });
  const fault = tableFault(table, users);
  if (fault === null || fault.kind === 'type' || fault.kind === 'value') return null;
  const observed = `${lines(table.count)} dans \`users_data\`, pour ${users.length} utilisateurs à la source`;
  return notMet('nothing.rows', { expected, observed, where, look });
}

function noLog({ plan }: StackTrial, { logs }: Rise): Finding | null {
  if (logs.some(({ size }) => size > 0)) return null;
  const observed = logs.length === 0 ? 'le dossier `logs/` de la copie reste vide' : `${logs[0]?.path} est vide`;
  const look = 'Montez `./logs` là où le programme écrit son journal, et réglez le journal avant la première ligne.';
  return notMet('nothing.no-log', { expected, observed, where: { file: COMPOSE_FILE, service: plan.etl }, look });
}

function blocked(): Finding {
  return cannotTell('blocked.1.4/etl-service', {
    expected: 'd’abord : un service ETL et une base',
    observed: 'le projet n’a pas de modèle que l’essai puisse démarrer',
    where: {},
    look: 'Réglez d’abord les services de `docker-compose.yml`.',
  });
}

function errorLine(output: string): string {
  return (
    output
      .split('\n')
      .findLast((line) => /error|failed|unhealthy|exited/i.test(line))
      ?.trim()
      .slice(0, 300) ?? tail(output, 1)
  );
}

function say({ built, up, passage, table, logs }: Rise): string {
  if (passage === null) return tail((up ?? built).stderr, 6);
  const rows = table === null ? 'pas de table' : `${table.count} lignes`;
  return [
    tail(passage.log, 4),
    passage.code === null ? 'encore en marche' : `code ${passage.code}`,
    rows,
    ...logs.map(({ path, size }) => `${path} : ${size} octets`),
  ].join('\n');
}
