import { expect, it } from 'vitest';
import type { Verdict } from '../../../../../../contract/verdict.ts';
import { describeCase } from '../../../../../../server/checkpoints/lesson-test/cases/describe-case.ts';

const base = { task: '1.3', row: 'dockerfile', points: 2, title: 'Un critère', judge: 'program', evidence: [] } as const;
const remark = { code: 'luck.order', text: 'par chance', where: {} };
const change = { edits: [{ file: 'Dockerfile', replace: 'USER etl', with: 'USER root' }], move: {}, remove: [], folders: [] };

function open(id: string, verdict: 'not-met' | 'cannot-tell', code: string): Verdict {
  return { ...base, id, verdict, evidence: [], remarks: [], diagnosis: { code, expected: '', observed: '', where: {}, look: '' } };
}

const verdicts: Verdict[] = [
  { ...base, id: '1.3/image', verdict: 'met', evidence: [], remarks: [remark, remark] },
  open('1.3/non-root', 'not-met', 'user.root'),
  open('1.3/entry-point', 'cannot-tell', 'blocked.1.3/image'),
  open('1.3/trial', 'cannot-tell', 'trial.not-run'),
];

it('keeps of a mistake what is not met, and not what could not be told', () => {
  expect(describeCase({ change, verdicts, kind: 'mistake' })).toEqual({
    what: '?',
    edits: change.edits,
    fails: [{ criterion: '1.3/non-root', code: 'user.root' }],
  });
});

it('keeps of a variant the remarks that it earns, each once', () => {
  expect(describeCase({ what: 'By chance', change, verdicts, kind: 'variant' })).toEqual({
    what: 'By chance',
    edits: change.edits,
    remarks: ['luck.order'],
  });
});
