import type { Verdict } from '../../contract/verdict.ts';

/** Codes of a criterion whose cause another criterion may have named already. */
interface NamedElsewhere {
  readonly codes: RegExp;
  /** Criteria that may name the cause, the first one first. */
  readonly by: readonly string[];
  /** Their codes that name it. Without it, any. */
  readonly as?: RegExp;
}

/** A start from nothing that was built. */
const RUN = /^nothing\.(not-up|failed|no-table|rows)$/;
/** The stack was started and failed: it is neither stopped nor older than the files. */
const FAULTY_STACK = /^(etl\.|up\.(?!not-started|service-absent|stopped|outdated|image-older|never-started))/;
const PROGRAM = ['1.2/requirements', '1.2/program', '1.2/source', '1.2/loads'];

/** What several endpoints answer for one cause: the database, the cache, the columns of a query. */
const SAME_IN_ALL = /\.(error|refused|text|columns)$/;

/**
 * One cause is one failure. If a criterion fails with one of these codes and another one has failed because of the same cause, the
 * first is blocked by the other. It differs from `needs`: the criterion is judged, and met, whatever the other one says.
 */
const NAMED_ELSEWHERE: Readonly<Record<string, readonly NamedElsewhere[]>> = {
  '1.4/volume': [{ codes: /^volume\.wrong-path$/, by: ['1.4/postgres'], as: /version/ }],
  '1.4/up': [
    { codes: /^etl\.mongo-/, by: ['2.1/auth', '2.1/documents'] },
    { codes: /^etl\.redis-/, by: ['2.2/cache'] },
    { codes: /^up\.database-(version|no-password)$/, by: ['1.4/postgres'] },
    { codes: /^etl\.(folder-missing|permission)$/, by: ['1.1/folders'] },
    { codes: /^etl\.(module-missing|numpy)$/, by: ['1.2/requirements'] },
    { codes: /^etl\.(file-missing|command)$/, by: ['1.3/entry-point'] },
    { codes: /^up\.(not-started|service-absent)$/, by: ['1.3/image'], as: /^image\.copy-missing$/ },
  ],
  '1.4/rows': [{ codes: /^rows\.(missing|not-from-source)$/, by: PROGRAM }],
  '1.5/journal': [{ codes: /^journal\.doubled$/, by: ['1.2/again'] }],
  '1.5/from-nothing': [
    { codes: /^nothing\.no-log$/, by: ['1.4/mounts', '1.4/logs'] },
    { codes: /^nothing\.not-built$/, by: ['1.2/requirements'] },
    { codes: RUN, by: ['1.1/folders', '1.4/postgres', '1.3/entry-point', ...PROGRAM, '1.4/rows'] },
    { codes: RUN, by: ['1.4/up'], as: FAULTY_STACK },
  ],
  '2.3/user': [{ codes: SAME_IN_ALL, by: ['2.3/users'], as: SAME_IN_ALL }],
  '2.3/stats': [{ codes: SAME_IN_ALL, by: ['2.3/users'], as: SAME_IN_ALL }],
  '2.3/cached': [{ codes: /^cached\.other-shape$/, by: ['2.3/users'], as: /\.text$/ }],
  '2.4/isolation': [{ codes: /^isolation\.(one-network|not-joined)$/, by: ['2.4/network'], as: /^network\.(none|not-joined|host-mode)$/ }],
  '2.3/docs': [{ codes: /^docs\.paths$/, by: ['2.3/users', '2.3/user', '2.3/stats'], as: /\.(not-found|image-older)$/ }],
};

/** The ids of the criteria that may name the cause of this failure. */
export function mayBeNamedBy(id: string, code: string): { readonly by: string; readonly as: RegExp }[] {
  const rows = (NAMED_ELSEWHERE[id] ?? []).filter(({ codes }) => codes.test(code));
  return rows.flatMap(({ by, as = /./ }) => by.map((one) => ({ by: one, as })));
}

/** Every criterion that one may be blocked by in this way. */
export function namersOf(id: string): string[] {
  return (NAMED_ELSEWHERE[id] ?? []).flatMap(({ by }) => by);
}

/** Whether a verdict names a cause of its own. */
export function names(verdict: Verdict, as: RegExp): verdict is Exclude<Verdict, { verdict: 'met' }> {
  return verdict.verdict === 'not-met' && as.test(verdict.diagnosis.code);
}
