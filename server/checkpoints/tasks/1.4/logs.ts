import { criterion } from '../../criterion.ts';
import { theService } from '../../readers/compose/compose-services.ts';
import { theContainer } from '../../readers/container/stack.ts';
import { evidence } from '../../readers/findings.ts';
import { logFiles } from '../../readers/logs/log-files.ts';
import { clock } from '../../readers/say.ts';

/** Clocks and rounding. */
const SLACK_MS = 3000;
const FIRST_LINE_MS = 15_000;

export const logs = criterion('1.4/logs', {
  needs: ['1.4/mounts', '1.4/up'],
  expected: 'dans le dossier `logs/` du projet, le journal du dernier passage de l’ETL',
  async read(view) {
    const { name } = await theService(view, 'etl');
    const { state, startedMs } = await theContainer(view, name);
    const files = await logFiles(view);
    const written = files.find(({ size, changedMs }) => size > 0 && changedMs >= startedMs - SLACK_MS);
    const where = { file: files[0]?.path ?? 'logs', service: name };
    return { files, written, where, startedMs, justStarted: state === 'running' && (await view.now()) - startedMs < FIRST_LINE_MS };
  },
  where: ({ where }) => where,
  evidence: ({ written }) =>
    written ? [evidence('ls -l logs/', `${written.path} : ${written.size} octets, ${clock(written.changedMs)}`)] : [],
})
  .waits('logs', ({ written, justStarted }) => !written && justStarted, { observed: 'l’ETL vient de démarrer, et n’a encore rien écrit' })
  .fault('logs.stale', ({ written, files }) => !written && files.find(({ size }) => size > 0), {
    observed: ({ startedMs }, old) =>
      `\`${old.path}\` date de ${clock(old.changedMs)} : le passage de ${clock(startedMs)} n’y a rien ajouté`,
    look: 'Le programme écrit ailleurs depuis : suivez le chemin de son `FileHandler`, et celui du montage.',
  })
  .fault('logs.empty', ({ written, files }) => !written && files.length > 0, {
    observed: ({ where }) => `\`${where.file}\` est vide`,
    look: '`logging.basicConfig` n’agit qu’au premier appel : il doit venir avant tout autre message. Un arrêt avant la première ligne laisse aussi un fichier vide.',
  })
  .fault('logs.absent', ({ written }) => !written, {
    observed: 'le dossier `logs/` ne contient aucun journal',
    look: 'Le programme doit écrire dans un fichier, en plus de l’écran : `logging.FileHandler` vers `logs/etl.log`.',
  });
