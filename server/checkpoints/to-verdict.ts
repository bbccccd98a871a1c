import type { PlanCriterion } from '../../contract/plan.ts';
import type { Diagnosis, Verdict, Where } from '../../contract/verdict.ts';
import type { Finding } from './definitions.ts';

const LIMITS = { expected: 2000, observed: 4000, look: 2000, remark: 2000, source: 300, evidence: 4000, items: 20 };

/** The verdict for a finding: its texts are masked first, then cut to the contract's limits. */
export function toVerdict(plan: PlanCriterion, finding: Finding, mask: (text: string) => string): Verdict {
  const clean = (text: string, limit: number) => cut(mask(text), limit);
  const base = {
    ...plan,
    remarks: (finding.remarks ?? [])
      .slice(0, LIMITS.items)
      .map(({ code, text, where }) => ({ code, text: clean(text, LIMITS.remark), where: cleanWhere(where, clean) })),
    evidence: (finding.evidence ?? [])
      .slice(0, LIMITS.items)
      .map(({ source, text }) => ({ source: clean(source, LIMITS.source), text: clean(text, LIMITS.evidence) })),
  };
  if (finding.verdict === 'met') return { ...base, verdict: 'met' };
  const diagnosis = cleanDiagnosis(finding.diagnosis, clean);
  if (finding.verdict === 'cannot-tell') return { ...base, verdict: 'cannot-tell', diagnosis };
  return { ...base, verdict: 'not-met', diagnosis, ...(finding.untouched && { untouched: true }) };
}

type Clean = (text: string, limit: number) => string;

function cleanDiagnosis({ code, expected, observed, where, look }: Diagnosis, clean: Clean): Diagnosis {
  return {
    code,
    expected: clean(expected, LIMITS.expected),
    observed: clean(observed, LIMITS.observed),
    where: cleanWhere(where, clean),
    look: clean(look, LIMITS.look),
  };
}

function cleanWhere(where: Where, clean: Clean): Where {
  const result: Where = { ...where };
  if (result.file) result.file = clean(result.file, 500);
  if (result.service) result.service = clean(result.service, 200);
  if (result.container) result.container = clean(result.container, 200);
  if (result.image) result.image = clean(result.image, 300);
  if (result.query) result.query = clean(result.query, 2000);
  return result;
}

function cut(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}
