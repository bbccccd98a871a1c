import { pipelineAct } from '../../acts/pipeline.ts';
import { SOURCE_FAILURES, type SourceFailure } from '../../acts/sandbox/pipeline-document.ts';
import type { Run } from '../../acts/sandbox/run.ts';
import { criterion } from '../../criterion.ts';
import { evidence } from '../../readers/findings.ts';
import { causeOf, tellsFailure } from '../../readers/logs/read-failure.ts';
import { lines } from '../../readers/postgres/say-table.ts';
import { placeInCode } from '../../readers/python/project-code.ts';
import { tail } from '../../readers/say.ts';

/** What the source of the trial did, in the words of a diagnosis. */
const DID: Readonly<Record<SourceFailure, string>> = {
  refused: 'la source répond 404 (utilisateurs introuvables)',
  malformed: 'la source répond un JSON coupé en son milieu',
  slow: 'la source met plus de 60 s à répondre',
};

export const failure = criterion('1.2/failure', {
  needs: ['1.2/requirements', '1.2/program'],
  expected: 'quand la source échoue : un code de sortie autre que 0, la cause au journal, et les anciennes lignes gardées',
  act: pipelineAct,
  async read(view, trial) {
    const ran = trial.state === 'ran' ? trial : null;
    const failures = ran?.failures ?? null;
    const [except, request, clears] = await Promise.all(PLACES.map((pattern) => placeInCode(view, pattern)));
    const wrong = SOURCE_FAILURES.find((name) => failures && isWrong(failures.runs[name]));
    return {
      failures,
      unasked: ran?.first.run.requests === 0,
      wrong: wrong && failures ? { ...failures.runs[wrong], name: wrong } : null,
      had: failures && (ran?.later?.table?.count ?? 0),
      has: failures?.table?.count ?? 0,
      except,
      request,
      clears,
    };
  },
  where: ({ except }) => except ?? {},
  evidence: ({ failures }) => (failures ? SOURCE_FAILURES.map((name) => evidence(DID[name], sayRun(failures.runs[name]))) : []),
})
  .blocked('1.2/source', ({ failures, unasked }) => !failures && unasked, 'le programme ne lit pas la source de l’essai')
  .blocked('1.2/loads', ({ failures }) => !failures, 'ce qui suit ne peut pas être essayé sans un programme qui charge `users_data`')
  .fault('failure.exit-zero', ({ wrong }) => wrong?.code === 0 && wrong, {
    observed: (_, { name }) => `${DID[name]}, et le programme sort quand même avec le code 0, sans avoir rien chargé dans \`users_data\``,
    look: 'Ne retenez pas l’exception : laissez-la sortir, ou finissez par `sys.exit(1)`.',
  })
  .fault('failure.no-timeout', ({ wrong }) => wrong?.code === null && wrong.name === 'slow' && wrong, {
    observed: (_, { name }) => `${DID[name]}, et le programme attend encore`,
    where: ({ request }) => request ?? {},
    look: 'Donnez un délai à la requête : `requests.get(url, timeout=10)`.',
  })
  .fault('failure.silent', ({ wrong }) => wrong, {
    observed: (_, { name, code }) =>
      `${DID[name]}, le programme ${code === null ? 'reste en marche' : `sort avec le code ${code}`}, et son journal n’en dit rien`,
    look: 'Écrivez la cause au journal : `logger.exception("…")`.',
  })
  .fault('failure.data-lost', ({ had, has }) => had && has < had && had, {
    observed: ({ has }, had) =>
      `${lines(had)} dans \`users_data\` avant, ${lines(has)} après un passage dont la source échoue : les données sont perdues`,
    where: ({ clears }) => clears ?? {},
    look: 'Ne videz la table qu’une fois les nouvelles lignes prêtes, dans la même transaction.',
  });

const PLACES = [/^\s*except\b/, /requests\.(get|request)|urlopen|httpx|\.get\(.*(url|URL)/, /TRUNCATE|DELETE FROM|DROP TABLE|to_sql/i];

/** A run passes when it ends with a code other than 0 and says why; one that still runs when time is up has to have said why. */
function isWrong({ code, log }: Run): boolean {
  return code === 0 || !tellsFailure(log);
}

function sayRun({ code, log, tookMs }: Run): string {
  const end = code === null ? 'encore en marche' : `code ${code}`;
  return `${causeOf(log) || tail(log, 2)}\n${end} après ${Math.round(tookMs / 1000)} s`;
}
