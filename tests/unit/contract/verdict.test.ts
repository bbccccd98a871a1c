import { describe, expect, it } from 'vitest';
import { verdictSchema } from '../../../contract/verdict.ts';

const base = {
  id: '1.3/non-root',
  task: '1.3',
  row: 'security',
  points: 2,
  judge: 'program',
  title: 'Processus sans privilège',
  remarks: [],
  evidence: [],
};
const diagnosis = { code: 'image.user-root', expected: 'a', observed: 'b', where: { file: 'Dockerfile', line: 3 }, look: 'c' };

describe('a verdict', () => {
  it('needs a diagnosis unless it is met', () => {
    expect(verdictSchema.safeParse({ ...base, verdict: 'met' }).success).toBe(true);
    expect(verdictSchema.safeParse({ ...base, verdict: 'not-met' }).success).toBe(false);
    expect(verdictSchema.safeParse({ ...base, verdict: 'not-met', diagnosis }).success).toBe(true);
  });

  it('may be blocked by another criterion, named in its code', () => {
    const blocked = { ...diagnosis, code: 'blocked.1.3/dockerfile' };
    expect(verdictSchema.safeParse({ ...base, verdict: 'cannot-tell', diagnosis: blocked }).success).toBe(true);
  });
});
