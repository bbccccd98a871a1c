import type { ContainerMount } from '../../../lab-engine/definitions.ts';
import type { Criterion, Finding } from '../../definitions.ts';
import { COMPOSE_FILE } from '../../probes/compose/compose-files.ts';
import { cannotTell, evidence, met, notMet } from '../../probes/findings.ts';
import { lines } from '../../probes/sandbox/say-table.ts';
import { isUnnamed, mountOf, type Persistence, type StackTrial, tryStack } from '../../probes/sandbox/stack-trial.ts';
import { stackTerms } from './terms.ts';

const expected = 'des données qui sont encore là après `docker compose down` puis `docker compose up`';

export const persistence: Criterion = {
  id: '1.4/persistence',
  needs: ['1.4/compose', '1.4/postgres', '1.4/etl-service', '1.4/volume'],
  trial: stackTerms,
  async judge(view) {
    const trial = await tryStack(view);
    if (trial === null || trial.persistence.state === 'no-database') return noDatabase();
    const { persistence: tried } = trial;
    const seen = { evidence: [evidence('docker inspect, montages de la base', tried.mounts.map(sayMount).join('\n') || 'aucun')] };
    if (tried.state === 'tried' && tried.marker && tried.after >= tried.before) return met(seen);
    return { ...lost(trial, tried), ...seen };
  },
};

type Tried = Exclude<Persistence, { state: 'no-database' }>;

/** Why: the mount on which the database's folder lies, or the want of one. */
function lost({ plan }: StackTrial, tried: Tried): Finding {
  const where = { file: COMPOSE_FILE, service: plan.database };
  const { folder, mounts } = tried;
  const under = mountOf(mounts, folder);
  const named = mounts.find((mount) => mount.kind === 'volume' && !isUnnamed(mount));
  const beside = named && named.target !== under?.target ? named : null;
  const say = (code: string, observed: string, look: string) => notMet(`persistence.${code}`, { expected, observed, where, look });
  if (beside !== null && beside !== undefined) {
    return say(
      'wrong-path',
      `le volume est monté sur \`${beside.target}\`, et la base écrit dans \`${folder}\``,
      `Montez le volume là où la base écrit : \`${folder}\`.`,
    );
  }
  const look = `Donnez un nom au volume de \`${folder}\`, et déclarez-le sous \`volumes:\`, à la racine du fichier.`;
  if (tried.state === 'unnamed')
    return say('unnamed-volume', `\`${folder}\` est sur un volume sans nom : chaque nouveau conteneur en reçoit un autre, vide`, look);
  if (under?.kind === 'tmpfs') return say('in-memory', `\`${folder}\` est en mémoire (tmpfs) : tout s’efface avec le conteneur`, look);
  if (under === null) return say('no-volume', `\`${folder}\` n’est sur aucun volume : tout s’efface avec le conteneur`, look);
  const gone = tried.marker ? `${lines(tried.before)} avant, ${lines(tried.after)} après` : 'une table créée avant n’y est plus après';
  return say(
    'lost',
    `la base a perdu ses données entre \`down\` et \`up\` : ${gone}`,
    'Cherchez ce qui vide le volume au démarrage : une commande, un script d’initialisation, une option du volume.',
  );
}

function noDatabase(): Finding {
  return cannotTell('blocked.1.4/up', {
    expected: 'd’abord : une base qui démarre',
    observed: 'dans l’essai, la base ne répond pas',
    where: {},
    look: 'Réglez d’abord « Tous les services démarrés » : `docker compose logs` dit ce qui l’arrête.',
  });
}

function sayMount(mount: ContainerMount): string {
  const { kind, source, target } = mount;
  return `${kind} ${isUnnamed(mount) ? '(sans nom)' : source.replace(/^escale-trial-[0-9a-f-]+_/, '')} → ${target}`;
}
