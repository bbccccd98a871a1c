import { pipelineAct } from '../../acts/pipeline.ts';
import type { PipelineRun } from '../../acts/sandbox/pipeline-runner.ts';
import { criterion } from '../../criterion.ts';
import { evidence } from '../../readers/findings.ts';
import { causeOf, placeOfFailure } from '../../readers/logs/read-failure.ts';
import { refusedPackages } from '../../readers/logs/refused-packages.ts';
import { sayFault } from '../../readers/postgres/say-table.ts';
import { tableFault } from '../../readers/postgres/table-fault.ts';
import { codeFiles, PROGRAM } from '../../readers/python/project-code.ts';
import { tail } from '../../readers/say.ts';

const expected = 'chaque utilisateur de la source en une ligne de `users_data`, ses valeurs et leurs types justes';

export const loads = criterion('1.2/loads', {
  needs: ['1.2/requirements', '1.2/program'],
  expected,
  act: pipelineAct,
  async read(view, trial) {
    const refused = trial.state === 'not-built' ? { ...refusedPackages(trial.output), output: trial.output } : null;
    const first = trial.state === 'ran' ? trial.first : null;
    const { run = null, table = null, users = [] } = first ?? {};
    const fault = table && tableFault(table, users);
    const files = (await codeFiles(view)).map(({ path }) => path);
    return {
      refused,
      first,
      table,
      fault: fault && first && { ...(await sayFault(view, fault, first)), unasked: run?.requests === 0 },
      nothing: run && (table === null || table.count === 0) ? run : null,
      failed: run?.code ? run : null,
      /** Added if the program ran in Escale's own containers. */
      place: trial.state === 'ran' && trial.model === 'escale' ? ' (lancé par Escale, à côté d’une base neuve)' : '',
      end: run?.code === null ? 'le programme ne se termine pas' : 'le programme se termine avec le code 0',
      where: { file: PROGRAM, ...placeOfFailure(run?.log ?? '', files) },
    };
  },
  where: ({ where }) => where,
  evidence: ({ refused, first }) => [
    refused ? evidence('pip install', tail(refused.output, 12)) : evidence(`python ${PROGRAM}`, first ? sayEnd(first) : ''),
  ],
})
  .fault('loads.not-installed', ({ refused }) => refused, {
    observed: (_, { observed }) => observed,
    where: (_, { where }) => where,
    look: 'Corrigez la ligne, puis essayez : `pip download --no-deps -r requirements.txt`',
  })
  .fault('loads.no-start', ({ nothing }) => nothing?.refusal, {
    observed: (_, refusal) => `le programme n’a pas pu démarrer : ${refusal}`,
    look: 'Lisez le message, et lancez le service vous-même : `docker compose up etl`',
  })
  .fault('loads.crash', ({ nothing }) => (nothing?.outOfMemory || nothing?.code) && nothing, {
    observed: ({ place }, { code, outOfMemory, log }) => {
      const cause = outOfMemory ? 'la mémoire du conteneur est épuisée' : causeOf(log) || 'il ne dit rien';
      return `le programme s’arrête avec le code ${code}${place} : ${cause}`;
    },
    look: 'Lisez le journal depuis sa première erreur ; le fichier et la ligne y sont.',
  })
  .fault('loads.empty', ({ nothing, table }) => nothing && table, {
    observed: ({ end }) => `${end}, et la table \`users_data\` est vide`,
    look: 'Vérifiez ce que reçoit le chargement, et que la transaction est validée.',
  })
  .fault('loads.table-absent', ({ nothing }) => nothing, {
    observed: ({ end, place }) => `${end}${place}, et la table \`users_data\` est absente de la base`,
    look: 'Un journal qui annonce un succès ne charge rien : cherchez où le programme écrit dans la base.',
  })
  .blocked('1.2/source', ({ fault }) => fault?.unasked, 'le programme ne lit pas la source de l’essai')
  .fault(
    ({ fault }) => `loads.${fault?.code}`,
    ({ fault }) => fault,
    {
      observed: (_, { observed }) => observed,
      where: (_, { where }) => where,
      look: (_, { look }) => look,
    },
  )
  .fault('loads.exit-status', ({ failed }) => failed, {
    expected: `${expected}, et un code de sortie 0`,
    observed: (_, { code, log }) => `les lignes sont chargées, et le programme sort avec le code ${code} : ${causeOf(log)}`,
    where: { file: PROGRAM },
    look: 'Un passage réussi sort avec le code 0 : cherchez ce qui échoue après le chargement.',
  });

function sayEnd({ run, table }: PipelineRun): string {
  const end = run.code === null ? 'le programme reste en marche' : `code ${run.code}`;
  return `${tail(run.log || run.refusal, 8)}\n${table === null ? end : `${end} ; ${table.count} lignes dans users_data`}`;
}
