import { isLive, type Play } from './list-plays.ts';

export interface Choice {
  /** Only those whose name holds one of these. */
  readonly only?: readonly string[] | undefined;
  /** What a frequent run can afford: see `isQuick`. */
  readonly quick?: boolean | undefined;
  /** The `index`-th (from 1) of `of` equal shares. */
  readonly shard?: { readonly index: number; readonly of: number } | undefined;
}

/** Which of the plays a run plays. Neighbours cost about the same, so that shares are dealt in turn. */
export function choosePlays(plays: readonly Play[], { only, quick, shard }: Choice): Play[] {
  const lively = firstOfEachCriterion(plays);
  return plays
    .filter((play) => only === undefined || only.some((part) => play.name.includes(part)))
    .filter((play) => !quick || isQuick(play, lively))
    .map((play) => (quick && play.kind === 'end' ? { ...play, trials: false } : play))
    .filter((_play, index) => shard === undefined || index % shard.of === shard.index - 1);
}

/**
 * Every starter and solution, every mistake that stands in files alone, and of those that need a live engine one for each criterion.
 * The end of a part is looked at only: the same trials have been played for its solutions.
 */
function isQuick(play: Play, lively: ReadonlySet<Play>): boolean {
  if (play.kind === 'variant') return false;
  return play.kind !== 'mistake' || !isLive(play) || lively.has(play);
}

function firstOfEachCriterion(plays: readonly Play[]): Set<Play> {
  const first = new Map<string, Play>();
  for (const play of plays.filter((one) => one.kind === 'mistake' && isLive(one))) {
    for (const { criterion } of play.described?.fails ?? []) if (!first.has(criterion)) first.set(criterion, play);
  }
  return new Set(first.values());
}
