import { describe, expect, it } from 'vitest';
import { knownTasks } from '../../../../server/checkpoints/catalogue.ts';
import { listPlays } from '../../../../server/checkpoints/lesson-test/list-plays.ts';
import { replayPlay } from '../../../../server/checkpoints/lesson-test/recorded-play.ts';

const plays = await listPlays(knownTasks());
/** Mistakes that leave a criterion as the task found it. */
const NOT_BEGUN = ['requirements-empty', 'still-empty'];

async function unmet(play: (typeof plays)[number]) {
  return (await replayPlay(play)).flatMap((verdict) => (verdict.verdict === 'not-met' ? [verdict] : []));
}

describe('what is not begun', () => {
  it.each(plays.filter(({ kind }) => kind === 'starter'))('is untouched in the starter of $tasks', async (play) => {
    for (const { id, untouched } of await unmet(play)) expect(untouched, id).toBe(true);
  });

  it.each(plays.filter(({ kind, name }) => kind === 'mistake' && NOT_BEGUN.includes(name)))('is untouched in $name', async (play) => {
    expect((await unmet(play)).map(({ untouched }) => untouched)).toContain(true);
  });

  it.each(plays.filter(({ kind, name }) => kind === 'mistake' && !NOT_BEGUN.includes(name)))('was touched in $name', async (play) => {
    expect((await unmet(play)).filter(({ untouched }) => untouched).map(({ id }) => id)).toEqual([]);
  });
});
