import { describe, expect, it } from 'vitest';
import { lessonReportSchema } from '../../../../../contract/lesson-report.ts';
import type { Verdict } from '../../../../../contract/verdict.ts';
import type { Play } from '../../../../../server/checkpoints/lesson-test/list-plays.ts';
import { toReport } from '../../../../../server/checkpoints/lesson-test/to-report.ts';

const project = new Map();

function verdict(id: string, code?: string): Verdict {
  const [task = ''] = id.split('/');
  const base = { id, task, row: 'dockerfile' as const, points: 1, judge: 'program' as const, title: id, remarks: [], evidence: [] };
  if (code === undefined) return { ...base, verdict: 'met' };
  const diagnosis = {
    code,
    expected: 'une base',
    observed: 'une autre',
    where: { file: 'Dockerfile', line: 3, image: 'etl:latest' },
    look: 'là',
  };
  return { ...base, verdict: /^(blocked|trial)\./.test(code) ? 'cannot-tell' : 'not-met', diagnosis };
}

function mistake(text: string[]): Play {
  const fails = [{ criterion: '1.3/slim-base', code: 'base.not-slim', text }];
  const described = { what: 'x', name: 'full-base', project, commands: [], fails, remarks: [] };
  return { kind: 'mistake', name: 'full-base', tasks: ['1.3'], project, commands: [], trials: true, described };
}

const play = (kind: Play['kind'], tasks: string[]): Play => ({ kind, name: kind, tasks, project, commands: [], trials: true });

describe('the report of played lessons', () => {
  it('takes a mistake for named when exactly what should fail fails, by its code, saying its words', () => {
    const right = [verdict('1.3/slim-base', 'base.not-slim'), verdict('1.3/image', 'blocked.1.3/slim-base'), verdict('1.3/non-root')];
    const named = (text: string[], verdicts: Verdict[]) => toReport([{ play: mistake(text), verdicts, tookMs: 5 }], 1).wrong === 0;
    expect(named(['Dockerfile:3', 'etl:latest', 'une autre'], right)).toBe(true);
    expect(named(['Dockerfile:4'], right)).toBe(false);
    expect(named([], [...right, verdict('1.3/entry-point', 'entry.absent')])).toBe(false);
    expect(named([], [verdict('1.3/slim-base', 'base.not-python')])).toBe(false);
    expect(named([], [verdict('1.3/slim-base')])).toBe(false);
  });

  it('asks of a solution that it holds at its own state and at the end of its part', () => {
    const report = toReport(
      [
        { play: play('starter', ['1.3']), verdicts: [verdict('1.3/image', 'image.absent')], tookMs: 1 },
        { play: play('solution', ['1.3']), verdicts: [verdict('1.3/image')], tookMs: 30 },
        { play: play('end', ['1.3', '1.4']), verdicts: [verdict('1.3/image', 'image.stale'), verdict('1.4/up')], tookMs: 20 },
      ],
      1,
    );
    expect(lessonReportSchema.parse(report)).toEqual(report);
    expect(
      report.tasks.map(({ task, starter, solution }) => ({ task, starter: starter?.ok, solution: [solution?.ok, solution?.tookMs] })),
    ).toEqual([
      { task: '1.3', starter: true, solution: [false, 40] },
      { task: '1.4', starter: undefined, solution: [true, 10] },
    ]);
    expect(report.wrong).toBe(1);
  });

  it('refuses a starter of which something is met, and a variant that is not met or lacks its remark', () => {
    const variant = { ...mistake([]), kind: 'variant' as const };
    const remarked = {
      ...variant,
      described: { ...variant.described, what: 'x', name: 'x', project, commands: [], fails: [], remarks: ['entry.shell-form'] },
    };
    const outcomes = [
      { play: play('starter', ['1.3']), verdicts: [verdict('1.3/image')], tookMs: 1 },
      { play: variant, verdicts: [verdict('1.3/healthcheck-trial', 'trial.not-run')], tookMs: 1 },
      { play: remarked, verdicts: [verdict('1.3/entry-point')], tookMs: 1 },
    ];
    expect(toReport(outcomes, 1).wrong).toBe(3);
  });
});
