import type { ContainerMount } from '../../../lab-engine/definitions.ts';
import { isUnnamed, mountOf, type Persistence, stackAct } from '../../acts/stack.ts';
import { criterion } from '../../criterion.ts';
import { COMPOSE_FILE } from '../../readers/compose/compose-files.ts';
import { evidence } from '../../readers/findings.ts';
import { lines } from '../../readers/postgres/say-table.ts';

const NAME_IT = ({ folder }: Tried) =>
  `Donnez un nom au volume de \`${folder}\`, et déclarez-le sous \`volumes:\`, à la racine du fichier.`;

export const persistence = criterion('1.4/persistence', {
  needs: ['1.4/compose', '1.4/postgres', '1.4/etl-service', '1.4/volume'],
  expected: 'des données qui sont encore là après `docker compose down` puis `docker compose up`',
  act: stackAct,
  read(_view, trial) {
    const tried = trial && trial.persistence.state !== 'no-database' ? readTried(trial.persistence) : null;
    return { tried, lost: tried?.kept ? null : tried, where: { file: COMPOSE_FILE, ...(trial ? { service: trial.database } : {}) } };
  },
  where: ({ where }) => where,
  evidence: ({ tried }) =>
    tried ? [evidence('docker inspect, montages de la base', tried.mounts.map(sayMount).join('\n') || 'aucun')] : [],
})
  .blocked('1.4/up', ({ tried }) => !tried, 'dans l’essai, la base ne répond pas')
  .fault('persistence.wrong-path', ({ lost }) => lost?.beside && { ...lost, beside: lost.beside }, {
    observed: (_, { beside, folder }) => `le volume est monté sur \`${beside.target}\`, et la base écrit dans \`${folder}\``,
    look: (_, { folder }) => `Montez le volume là où la base écrit : \`${folder}\`.`,
  })
  .fault('persistence.unnamed-volume', ({ lost }) => lost?.unnamed && lost, {
    observed: (_, { folder }) => `\`${folder}\` est sur un volume sans nom : chaque nouveau conteneur en reçoit un autre, vide`,
    look: (_, lost) => NAME_IT(lost),
  })
  .fault('persistence.in-memory', ({ lost }) => lost?.under?.kind === 'tmpfs' && lost, {
    observed: (_, { folder }) => `\`${folder}\` est en mémoire (tmpfs) : tout s’efface avec le conteneur`,
    look: (_, lost) => NAME_IT(lost),
  })
  .fault('persistence.no-volume', ({ lost }) => lost?.under === null && lost, {
    observed: (_, { folder }) => `\`${folder}\` n’est sur aucun volume : tout s’efface avec le conteneur`,
    look: (_, lost) => NAME_IT(lost),
  })
  .fault('persistence.lost', ({ lost }) => lost, {
    observed: (_, { gone }) => `la base a perdu ses données entre \`down\` et \`up\` : ${gone}`,
    look: 'Cherchez ce qui vide le volume au démarrage : une commande, un script d’initialisation, une option du volume.',
  });

type Tried = ReturnType<typeof readTried>;

/** On which mount the database's folder lies, which other one was meant for it, and what is left after `down` and `up`. */
function readTried(tried: Exclude<Persistence, { state: 'no-database' }>) {
  const { folder, mounts } = tried;
  const under = mountOf(mounts, folder);
  const named = mounts.find((mount) => mount.kind === 'volume' && !isUnnamed(mount));
  const rows = tried.state === 'tried' ? `${lines(tried.before)} avant, ${lines(tried.after)} après` : '';
  return {
    folder,
    mounts,
    under,
    beside: named && named.target !== under?.target ? named : null,
    unnamed: tried.state === 'unnamed',
    kept: tried.state === 'tried' && tried.marker && tried.after >= tried.before,
    gone: tried.state === 'tried' && tried.marker ? rows : 'une table créée avant n’y est plus après',
  };
}

function sayMount(mount: ContainerMount): string {
  const { kind, source, target } = mount;
  return `${kind} ${isUnnamed(mount) ? '(sans nom)' : source.replace(/^escale-trial-[0-9a-f-]+_/, '')} → ${target}`;
}
