import type { Criterion } from '../../definitions.ts';
import { composeRoles } from '../../probes/compose/roles.ts';
import { stackOf } from '../../probes/container/stack.ts';
import { cannotTell, evidence, met, notMet } from '../../probes/findings.ts';
import { logFiles } from '../../probes/logs/log-files.ts';
import { clock } from '../../probes/say.ts';

const expected = 'dans le dossier `logs/` du projet, le journal du dernier passage de l’ETL';
/** Clocks and rounding. */
const SLACK_MS = 3000;
const FIRST_LINE_MS = 15_000;

export const logs: Criterion = {
  id: '1.4/logs',
  needs: ['1.4/mounts', '1.4/up'],
  async judge(view) {
    const { etl } = await composeRoles(view);
    const container = etl && (await stackOf(view)).of(etl.name)[0];
    if (!etl || !container) throw new Error('this criterion must need 1.4/up and 1.4/mounts');
    const files = await logFiles(view);
    const where = { file: files[0]?.path ?? 'logs', service: etl.name };
    const fresh = files.filter(({ changedMs }) => changedMs >= container.startedMs - SLACK_MS);
    const written = fresh.find(({ size }) => size > 0);
    if (written)
      return met({ evidence: [evidence('ls -l logs/', `${written.path} : ${written.size} octets, ${clock(written.changedMs)}`)] });
    if (container.state === 'running' && Date.now() - container.startedMs < FIRST_LINE_MS) {
      const look = 'Il sera regardé de nouveau dans un instant.';
      return cannotTell('wait.logs', { expected, observed: 'l’ETL vient de démarrer, et n’a encore rien écrit', where, look });
    }
    const old = files.find(({ size }) => size > 0);
    if (old) {
      const observed = `\`${old.path}\` date de ${clock(old.changedMs)} : le passage de ${clock(container.startedMs)} n’y a rien ajouté`;
      const look = 'Le programme écrit ailleurs depuis : suivez le chemin de son `FileHandler`, et celui du montage.';
      return notMet('logs.stale', { expected, observed, where, look });
    }
    if (files.length > 0) {
      const look =
        '`logging.basicConfig` n’agit qu’au premier appel : il doit venir avant tout autre message. Un arrêt avant la première ligne laisse aussi un fichier vide.';
      return notMet('logs.empty', { expected, observed: `\`${where.file}\` est vide`, where, look });
    }
    const look = 'Le programme doit écrire dans un fichier, en plus de l’écran : `logging.FileHandler` vers `logs/etl.log`.';
    return notMet('logs.absent', { expected, observed: 'le dossier `logs/` ne contient aucun journal', where, look });
  },
};
