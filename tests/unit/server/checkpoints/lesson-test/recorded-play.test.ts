import { expect, it } from 'vitest';
import { knownTasks } from '../../../../../server/checkpoints/catalogue.ts';
import { failedOf, isAsExpected } from '../../../../../server/checkpoints/lesson-test/judge-play.ts';
import { listPlays } from '../../../../../server/checkpoints/lesson-test/list-plays.ts';
import { recordCommand, replayPlay } from '../../../../../server/checkpoints/lesson-test/recorded-play.ts';

const plays = await listPlays(knownTasks());

/** What a recording gives is judged here as a lab would be; a stale or absent one names the command that plays it again. */
it.each(plays)('$kind $tasks $name, as recorded in a lab', async (play) => {
  const verdicts = await replayPlay(play).catch((cause: unknown) => {
    throw new Error(`play it again: ${recordCommand(play)}`, { cause });
  });
  expect(isAsExpected(play, verdicts), JSON.stringify(failedOf(verdicts))).toBe(true);
});
