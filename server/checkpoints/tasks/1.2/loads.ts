import { pipelineAct } from '../../acts/pipeline.ts';
import type { PipelineRun } from '../../acts/sandbox/pipeline-runner.ts';
import { criterion } from '../../criterion.ts';
import type { LabView } from '../../definitions.ts';
import { evidence } from '../../readers/findings.ts';
import { absentPath, crashCause } from '../../readers/logs/crash-causes.ts';
import { causeOf, placeOfFailure } from '../../readers/logs/read-failure.ts';
import { refusedPackages } from '../../readers/logs/refused-packages.ts';
import { sayFault } from '../../readers/postgres/say-table.ts';
import { tableFault } from '../../readers/postgres/table-fault.ts';
import { TABLE } from '../../readers/postgres/users-table.ts';
import { placeOfText } from '../../readers/project/place-of-text.ts';
import { absentFromTree } from '../../readers/project/tree.ts';
import { codeFiles, PROGRAM, placeInCode } from '../../readers/python/project-code.ts';
import { distribution, REQUIREMENTS, readRequirements } from '../../readers/python/requirements.ts';
import { uncommitted } from '../../readers/python/uncommitted.ts';
import { tail } from '../../readers/say.ts';

const expected = 'chaque utilisateur de la source en une ligne de `users_data`, ses valeurs et leurs types justes';

const STOPPED = 'le programme s’arrête faute d’un fichier ou d’un dossier que le projet n’a pas';

export const loads = criterion('1.2/loads', {
  needs: ['1.2/requirements', '1.2/program'],
  expected,
  act: pipelineAct,
  async read(view, trial) {
    const refused = trial.state === 'not-built' ? await whyRefused(view, trial.output) : null;
    const first = trial.state === 'ran' ? trial.first : null;
    const { run = null, table = null, users = [], atMs = 0, others = [] } = first ?? {};
    const fault = table && tableFault(table, users, { atMs });
    const code = await codeFiles(view);
    const files = code.map(({ path }) => path);
    const capitals = others.find((name) => name.toLowerCase() === TABLE) ?? null;
    const nothing = run && (table === null || table.count === 0) ? run : null;
    const crash = nothing?.code ? crashCause(nothing.log) : null;
    const path = nothing?.code ? absentPath(nothing.log) : null;
    const has = (await view.entries()).map((entry) => entry.path);
    return {
      absent: path && absentFromTree(path, has),
      crash: crash && { ...crash, where: await placeInCode(view, crash.written) },
      capitals: capitals && { name: capitals, where: await placeOfText(view, capitals) },
      others: others.length === 0 ? '' : ` ; la base a ${others.map((name) => `\`${name}\``).join(', ')}`,
      uncommitted: run?.code === 0 && others.length === 0 ? uncommitted(code) : null,
      refused,
      first,
      table,
      fault: fault && first && { ...(await sayFault(view, fault, first)), unasked: run?.requests === 0 },
      nothing,
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
    look: (_, { look }) => look,
  })
  .fault('loads.no-start', ({ nothing }) => nothing?.refusal, {
    observed: (_, refusal) => `le programme n’a pas pu démarrer : ${refusal}`,
    look: 'Lisez le message, et lancez le service vous-même : `docker compose up etl`',
  })
  .blocked('1.1/files', ({ absent }) => absent === '1.1/files', STOPPED)
  .blocked('1.1/folders', ({ absent }) => absent === '1.1/folders', STOPPED)
  .blocked('1.1/package', ({ absent }) => absent === '1.1/package', STOPPED)
  .fault(
    ({ crash }) => `loads.${crash?.code}`,
    ({ crash }) => crash,
    {
      observed: ({ place }, { what }) => `le programme s’arrête${place} : ${what}`,
      where: (_, { where }) => where,
      look: (_, { look }) => look,
    },
  )
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

/** Pip's reason, and the line of the list that it is about. */
async function whyRefused(view: LabView, output: string) {
  const refused = refusedPackages(output);
  const { all } = await readRequirements(view);
  const one = all.find(({ name }) => refused.named !== null && name === distribution(refused.named));
  return { ...refused, output, where: one ? { file: one.file, line: one.line } : { file: REQUIREMENTS } };
}

function sayEnd({ run, table }: PipelineRun): string {
  const end = run.code === null ? 'le programme reste en marche' : `code ${run.code}`;
  return `${tail(run.log || run.refusal, 8)}\n${table === null ? end : `${end} ; ${table.count} lignes dans users_data`}`;
}
