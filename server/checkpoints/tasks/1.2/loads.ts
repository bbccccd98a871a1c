import { pipelineAct } from '../../acts/pipeline.ts';
import type { PipelineRun } from '../../acts/sandbox/pipeline-runner.ts';
import { criterion } from '../../criterion.ts';
import { evidence } from '../../readers/findings.ts';
import { causeOf, placeOfFailure } from '../../readers/logs/read-failure.ts';
import { refusedPackages } from '../../readers/logs/refused-packages.ts';
import { sayFault } from '../../readers/postgres/say-table.ts';
import { tableFault } from '../../readers/postgres/table-fault.ts';
import { TABLE } from '../../readers/postgres/users-table.ts';
import { placeOfText } from '../../readers/project/place-of-text.ts';
import { codeFiles, PROGRAM } from '../../readers/python/project-code.ts';
import { uncommitted } from '../../readers/python/uncommitted.ts';
import { tail } from '../../readers/say.ts';

const expected = 'chaque utilisateur de la source en une ligne de `users_data`, ses valeurs et leurs types justes';

export const loads = criterion('1.2/loads', {
  needs: ['1.2/requirements', '1.2/program'],
  expected,
  act: pipelineAct,
  async read(view, trial) {
    const refused = trial.state === 'not-built' ? { ...refusedPackages(trial.output), output: trial.output } : null;
    const first = trial.state === 'ran' ? trial.first : null;
    const { run = null, table = null, users = [], atMs = 0, others = [] } = first ?? {};
    const fault = table && tableFault(table, users, { atMs });
    const code = await codeFiles(view);
    const files = code.map(({ path }) => path);
    const capitals = others.find((name) => name.toLowerCase() === TABLE) ?? null;
    return {
      capitals: capitals && { name: capitals, where: await placeOfText(view, capitals) },
      others: others.length === 0 ? '' : ` ; la base a ${others.map((name) => `\`${name}\``).join(', ')}`,
      uncommitted: run?.code === 0 && others.length === 0 ? uncommitted(code) : null,
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
    look: 'Corrigez la ligne, puis essayez : `pip download --no-deps -r requirements.txt`.',
  })
  .fault('loads.no-start', ({ nothing }) => nothing?.refusal, {
    observed: (_, refusal) => `le programme n’a pas pu démarrer : ${refusal}`,
    look: 'Lisez le message, et lancez le service vous-même : `docker compose up etl`.',
  })
  .fault('loads.crash', ({ nothing }) => (nothing?.outOfMemory || nothing?.code) && nothing, {
    observed: ({ place }, { code, outOfMemory, log }) => {
      const cause = outOfMemory ? 'la mémoire du conteneur est épuisée' : causeOf(log) || 'il ne dit rien';
      return `le programme s’arrête avec le code ${code}${place} : ${cause}`;
    },
    look: 'Lisez le journal depuis sa première erreur ; le fichier et la ligne y sont.',
  })
  .fault('loads.table-capitals', ({ nothing, capitals }) => nothing && capitals, {
    observed: (_, { name }) =>
      `le programme a chargé \`"${name}"\`, et non \`users_data\` : créé avec des majuscules, ce nom en est un autre pour PostgreSQL, et \`SELECT * FROM users_data\` ne le trouve pas`,
    where: (_, { where }) => where,
    look: 'Écrivez le nom de la table en minuscules, partout où il est : `users_data`.',
  })
  .fault('loads.no-commit', ({ nothing, uncommitted: open }) => nothing && open, {
    observed: ({ end, table, place }, { file, line, text }) =>
      `${end}${place}, et ${table ? '`users_data` est vide' : '`users_data` est absente de la base'} : \`${text.slice(0, 120)}\` (\`${file}\`, ligne ${line}) ouvre une transaction que rien ne valide, et la base l’annule à la fermeture`,
    where: (_, { text: _text, ...where }) => where,
    look: 'Validez par `connection.commit()`, ou ouvrez la transaction par `with engine.begin() as connection:`, qui valide à la sortie du bloc.',
  })
  .fault('loads.empty', ({ nothing, table }) => nothing && table, {
    observed: ({ end }) => `${end}, et la table \`users_data\` est vide`,
    look: 'Vérifiez ce que reçoit le chargement, et que la transaction est validée.',
  })
  .fault('loads.table-absent', ({ nothing }) => nothing, {
    observed: ({ end, place, others }) => `${end}${place}, et la table \`users_data\` est absente de la base${others}`,
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
