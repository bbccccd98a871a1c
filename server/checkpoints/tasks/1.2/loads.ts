import type { Criterion, Finding, LabView } from '../../definitions.ts';
import { evidence, met, notMet } from '../../probes/findings.ts';
import type { Turn } from '../../probes/sandbox/pipeline-runs.ts';
import { type PipelineRan, tryPipeline } from '../../probes/sandbox/pipeline-trial.ts';
import { codeFiles, PROGRAM } from '../../probes/sandbox/project-code.ts';
import { causeOf, placeOfFailure } from '../../probes/sandbox/read-failure.ts';
import { refusedPackages } from '../../probes/sandbox/refused-packages.ts';
import { sayFault } from '../../probes/sandbox/say-table.ts';
import { tableFault } from '../../probes/sandbox/table-fault.ts';
import { tail } from '../../probes/say.ts';
import { blockedBy } from './blocked-by.ts';
import { NEEDS, pipelineTerms } from './terms.ts';

const expected = 'chaque utilisateur de la source en une ligne de `users_data`, ses valeurs et leurs types justes';

export const loads: Criterion = {
  id: '1.2/loads',
  needs: NEEDS,
  trial: pipelineTerms,
  async judge(view) {
    const trial = await tryPipeline(view);
    if (trial.state === 'not-built') return notInstalled(trial.output);
    const { first } = trial;
    const seen = { evidence: [evidence(`python ${PROGRAM}`, `${tail(first.passage.log, 8)}\n${sayEnd(first)}`)] };
    if (first.table === null || first.table.count === 0) return nothingLoaded(view, trial);
    const fault = tableFault(first.table, first.users);
    if (fault !== null && first.passage.requests === 0) return blockedBy('blocked.1.2/source');
    if (fault !== null) {
      const { code, ...said } = await sayFault(view, fault, first);
      return notMet(`loads.${code}`, { expected, ...said }, seen);
    }
    if (first.passage.code !== null && first.passage.code !== 0) return wrongExit(first, seen);
    return met(seen);
  },
};

async function nothingLoaded(view: LabView, { first, model }: PipelineRan): Promise<Finding> {
  const { passage, table } = first;
  const files = (await codeFiles(view)).map(({ path }) => path);
  const where = { file: PROGRAM, ...placeOfFailure(passage.log, files) };
  const place = model === 'escale' ? ' (lancé par Escale, à côté d’une base neuve)' : '';
  const seen = { evidence: [evidence(`python ${PROGRAM}`, tail(passage.log || passage.refusal, 12))] };
  if (passage.refusal !== '') {
    const look = 'Lisez le message, et lancez le service vous-même : `docker compose up etl`.';
    return notMet('loads.no-start', { expected, observed: `le programme n’a pas pu démarrer : ${passage.refusal}`, where, look }, seen);
  }
  if (passage.outOfMemory || (passage.code !== null && passage.code !== 0)) {
    const cause = passage.outOfMemory ? 'la mémoire du conteneur est épuisée' : causeOf(passage.log) || 'il ne dit rien';
    const look = 'Lisez le journal depuis sa première erreur ; le fichier et la ligne y sont.';
    const observed = `le programme s’arrête avec le code ${passage.code}${place} : ${cause}`;
    return notMet('loads.crash', { expected, observed, where, look }, seen);
  }
  const end = passage.code === null ? 'le programme ne se termine pas' : 'le programme se termine avec le code 0';
  if (table !== null) {
    const observed = `${end}, et la table \`users_data\` est vide`;
    return notMet(
      'loads.empty',
      { expected, observed, where, look: 'Vérifiez ce que reçoit le chargement, et que la transaction est validée.' },
      seen,
    );
  }
  const observed = `${end}${place}, et la table \`users_data\` est absente de la base`;
  return notMet(
    'loads.table-absent',
    { expected, observed, where, look: 'Un journal qui annonce un succès ne charge rien : cherchez où le programme écrit dans la base.' },
    seen,
  );
}

function notInstalled(output: string): Finding {
  const { observed, where } = refusedPackages(output);
  const look = 'Corrigez la ligne, puis essayez : `pip download --no-deps -r requirements.txt`.';
  return notMet('loads.not-installed', { expected, observed, where, look }, { evidence: [evidence('pip install', tail(output, 12))] });
}

function wrongExit({ passage }: Turn, seen: { evidence: ReturnType<typeof evidence>[] }): Finding {
  const observed = `les lignes sont chargées, et le programme sort avec le code ${passage.code} : ${causeOf(passage.log)}`;
  const look = 'Un passage réussi sort avec le code 0 : cherchez ce qui échoue après le chargement.';
  return notMet('loads.exit-status', { expected: `${expected}, et un code de sortie 0`, observed, where: { file: PROGRAM }, look }, seen);
}

function sayEnd({ passage, table }: Turn): string {
  const end = passage.code === null ? 'le programme reste en marche' : `code ${passage.code}`;
  return table === null ? end : `${end} ; ${table.count} lignes dans users_data`;
}
