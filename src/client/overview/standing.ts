import type { Achievement } from '../../../contract/progress.ts';

/** The fields of a planned criterion that progress needs. */
export interface Announced {
  readonly id: string;
  readonly task: string;
  readonly row: string;
  readonly points: number;
}

/**
 * `met`: met at the last look; `lost`: was met, but no longer; `doubt`: was met, but the last look could not judge it; `todo`: never met.
 */
export type Holds = 'met' | 'lost' | 'doubt' | 'todo';

const HOLDS: Readonly<Record<Achievement['last']['verdict'], Holds>> = { met: 'met', 'not-met': 'lost', 'cannot-tell': 'doubt' };

export interface Standing {
  readonly of: number;
  readonly ofPoints: number;
  /** Met at least once. */
  readonly met: number;
  readonly points: number;
  readonly lost: number;
  readonly doubt: number;
  /** ISO time at which the latest of them was first met; absent when none was. */
  readonly lastMetAt?: string;
}

export function holds(achievement: Achievement | undefined): Holds {
  if (achievement === undefined) return 'todo';
  return HOLDS[achievement.last.verdict];
}

/** The progress within these criteria. */
export function standingOf(criteria: readonly Announced[], achievements: ReadonlyMap<string, Achievement>): Standing {
  const reached = criteria.filter(({ id }) => achievements.has(id));
  const state = (wanted: Holds): number => criteria.filter(({ id }) => holds(achievements.get(id)) === wanted).length;
  const lastMetAt = reached
    .flatMap(({ id }) => achievements.get(id)?.firstMetAt ?? [])
    .sort()
    .at(-1);
  return {
    of: criteria.length,
    ofPoints: sum(criteria),
    met: reached.length,
    points: sum(reached),
    lost: state('lost'),
    doubt: state('doubt'),
    ...(lastMetAt !== undefined && { lastMetAt }),
  };
}

function sum(criteria: readonly Announced[]): number {
  return criteria.reduce((total, { points }) => total + points, 0);
}
