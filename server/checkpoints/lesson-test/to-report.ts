import type { LessonReport } from '../../../contract/lesson-report.ts';
import type { Verdict } from '../../../contract/verdict.ts';
import { failedOf, isAsExpected } from './judge-play.ts';
import type { Play } from './list-plays.ts';

/** What one play gave. */
export interface Outcome {
  readonly play: Play;
  readonly verdicts: readonly Verdict[];
  readonly tookMs: number;
  /** It was played twice, and right only the second time. */
  readonly flaky?: boolean;
}

type TaskReport = LessonReport['tasks'][number];

/** By task; those of which nothing was played are left out. */
export function toReport(outcomes: readonly Outcome[], tookMs: number): LessonReport {
  const tasks = [...new Set(outcomes.flatMap(({ play }) => play.tasks))].sort();
  const reports = tasks.map((task) => ofTask(task, outcomes));
  const wrong = reports.flatMap(({ starter, solution, mistakes, variants }) =>
    [starter, solution, ...mistakes, ...variants].filter((one) => one !== undefined && !one.ok),
  ).length;
  const flaky = outcomes.filter((one) => one.flaky).map(({ play }) => `${play.tasks.join(' ')} ${play.name}`);
  return { tasks: reports, flaky, wrong, tookMs };
}

function ofTask(task: string, outcomes: readonly Outcome[]): TaskReport {
  const seen = outcomes
    .filter(({ play }) => play.tasks.includes(task))
    .map(({ play, verdicts, tookMs }) => {
      const own = verdicts.filter((verdict) => verdict.task === task);
      return {
        play,
        name: play.name,
        trials: play.trials,
        got: failedOf(own),
        ok: isAsExpected(play, own),
        tookMs: tookMs / play.tasks.length,
      };
    });
  const of = (...kinds: Play['kind'][]) => seen.filter(({ play }) => kinds.includes(play.kind));
  const expected = (play: Play) => (play.described?.fails ?? []).map(({ criterion, code }) => ({ criterion, code }));
  return {
    task,
    starter: together(of('starter')),
    solution: together(of('solution', 'end')),
    mistakes: of('mistake').map(({ play, ...rest }) => ({ ...rest, expected: expected(play) })),
    variants: of('variant').map(({ play: _, ...rest }) => rest),
  };
}

/** A solution has to hold at its own state and at the end of its part. */
function together(seen: readonly NonNullable<TaskReport['solution']>[]): TaskReport['solution'] {
  if (seen.length === 0) return undefined;
  const tookMs = seen.reduce((sum, one) => sum + one.tookMs, 0);
  return { ok: seen.every(({ ok }) => ok), got: seen.flatMap(({ got }) => got), tookMs };
}
