import { isLive, type Play } from './list-plays.ts';

export interface Choice {
  /** Only plays whose name contains one of these. */
  readonly only?: readonly string[] | undefined;
  /** A selection for frequent runs: see `isQuick`. */
  readonly quick?: boolean | undefined;
  /** The `index`-th (from 1) of `of` equal shares. */
  readonly shard?: { readonly index: number; readonly of: number } | undefined;
}

/** The plays of a run. Neighbours take about the same time, so they are dealt to the shares in turn. */
export function choosePlays(plays: readonly Play[], { only, quick, shard }: Choice): Play[] {
  const lively = firstOfEachTask(plays);
  const ended = new Set(plays.flatMap(({ kind, tasks }) => (kind === 'end' ? tasks : [])));
  return plays
    .filter((play) => only === undefined || only.some((part) => play.name.includes(part)))
    .filter((play) => !quick || isQuick(play, lively, ended))
    .filter((_play, index) => shard === undefined || index % shard.of === shard.index - 1);
}

/**
 * Every starter, every mistake that needs no engine, one of the other mistakes for each task, and the end of each part with its
 * trials, which stands for the solutions of its tasks (`ended`).
 */
function isQuick(play: Play, lively: ReadonlySet<Play>, ended: ReadonlySet<string>): boolean {
  if (play.kind === 'variant') return false;
  if (play.kind === 'solution') return play.tasks.some((task) => !ended.has(task));
  return play.kind !== 'mistake' || !isLive(play) || lively.has(play);
}

function firstOfEachTask(plays: readonly Play[]): Set<Play> {
  const live = plays.filter((play) => play.kind === 'mistake' && isLive(play));
  return new Set(live.filter(({ tasks: [task] }, index) => live.findIndex((other) => other.tasks[0] === task) === index));
}
