import type { Criterion, Finding, LabView } from '../../definitions.ts';
import { evidence, met, notMet } from '../../probes/findings.ts';
import type { Passage } from '../../probes/sandbox/passage.ts';
import { SOURCE_FAILURES, type SourceFailure } from '../../probes/sandbox/pipeline-document.ts';
import type { Turn } from '../../probes/sandbox/pipeline-runs.ts';
import { type Failures, tryPipeline } from '../../probes/sandbox/pipeline-trial.ts';
import { findInCode, PROGRAM } from '../../probes/sandbox/project-code.ts';
import { causeOf, tellsFailure } from '../../probes/sandbox/read-failure.ts';
import { lines } from '../../probes/sandbox/say-table.ts';
import { tail } from '../../probes/say.ts';
import { blockedBy } from './blocked-by.ts';
import { NEEDS, pipelineTerms } from './terms.ts';

const expected = 'quand la source échoue : un code de sortie autre que 0, la cause au journal, et les anciennes lignes gardées';

/** What the source of the trial did, in the words of a diagnosis. */
const DID: Readonly<Record<SourceFailure, string>> = {
  refused: 'la source répond 404 (utilisateurs introuvables)',
  malformed: 'la source répond un JSON coupé en son milieu',
  slow: 'la source met plus de 60 s à répondre',
};

export const failure: Criterion = {
  id: '1.2/failure',
  needs: NEEDS,
  trial: pipelineTerms,
  async judge(view) {
    const trial = await tryPipeline(view);
    if (trial.state === 'not-built') return blockedBy('blocked.1.2/loads');
    const { failures, later, first } = trial;
    if (failures === null) return blockedBy(first.passage.requests === 0 ? 'blocked.1.2/source' : 'blocked.1.2/loads');
    const seen = { evidence: SOURCE_FAILURES.map((name) => evidence(DID[name], sayPassage(failures.passages[name]))) };
    for (const name of SOURCE_FAILURES) {
      const finding = await judgePassage(view, name, failures.passages[name]);
      if (finding !== null) return { ...finding, ...seen };
    }
    const lost = later === null ? null : await lostRows(view, later, failures);
    return lost === null ? met(seen) : { ...lost, ...seen };
  },
};

async function judgePassage(view: LabView, name: SourceFailure, { code, log }: Passage): Promise<Finding | null> {
  if (code === 0) {
    const observed = `${DID[name]}, et le programme sort quand même avec le code 0, sans avoir rien chargé dans \`users_data\``;
    const look = 'Ne retenez pas l’exception : laissez-la sortir, ou finissez par `sys.exit(1)`.';
    return notMet('failure.exit-zero', { expected, observed, where: await place(view, /^\s*except\b/), look });
  }
  if (code === null && name === 'slow' && !tellsFailure(log)) {
    const observed = `${DID[name]}, et le programme attend encore`;
    const look = 'Donnez un délai à la requête : `requests.get(url, timeout=10)`.';
    return notMet('failure.no-timeout', {
      expected,
      observed,
      where: await place(view, /requests\.(get|request)|urlopen|httpx|\.get\(.*(url|URL)/),
      look,
    });
  }
  if (!tellsFailure(log)) {
    const end = code === null ? 'reste en marche' : `sort avec le code ${code}`;
    const observed = `${DID[name]}, le programme ${end}, et son journal n’en dit rien`;
    return notMet('failure.silent', {
      expected,
      observed,
      where: await place(view, /^\s*except\b/),
      look: 'Écrivez la cause au journal : `logger.exception("…")`.',
    });
  }
  return null;
}

async function lostRows(view: LabView, before: Turn, { table }: Failures): Promise<Finding | null> {
  const [had, has] = [before.table, table].map((one) => one?.count ?? 0);
  if (had === undefined || has === undefined || has >= had) return null;
  const observed = `${lines(had)} dans \`users_data\` avant, ${lines(has)} après un passage dont la source échoue : les données sont perdues`;
  const where = await place(view, /TRUNCATE|DELETE FROM|DROP TABLE|to_sql/i);
  return notMet('failure.data-lost', {
    expected,
    observed,
    where,
    look: 'Ne videz la table qu’une fois les nouvelles lignes prêtes, dans la même transaction.',
  });
}

async function place(view: LabView, pattern: RegExp): Promise<{ file: string; line?: number }> {
  const found = await findInCode(view, pattern);
  return { file: found?.file ?? PROGRAM, ...(found?.line ? { line: found.line } : {}) };
}

function sayPassage({ code, log, tookMs }: Passage): string {
  const end = code === null ? 'encore en marche' : `code ${code}`;
  return `${causeOf(log) || tail(log, 2)}\n${end} après ${Math.round(tookMs / 1000)} s`;
}
