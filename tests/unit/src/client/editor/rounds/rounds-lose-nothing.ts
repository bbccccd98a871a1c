import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConflictRound } from './conflict-round.ts';
import { RoundDisk } from './round-disk.ts';

/** The rounds of the seeds from 1 to `count`. A failure prints its seed and what happened in its round. */
export function roundsLoseNothing(count: number): void {
  let disk: RoundDisk;
  beforeAll(async () => {
    disk = await RoundDisk.make();
  });
  afterAll(() => disk.remove());
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  describe('two tabs, a terminal and git checkout on one file', () => {
    it(`lose no text without a word in ${count} random rounds`, { timeout: 600_000 }, async () => {
      for (let seed = 1; seed <= count; seed += 1) {
        const round = new ConflictRound(seed, disk);
        await round.play().catch((error: unknown) => {
          expect.fail(`round with seed ${seed}: ${error instanceof Error ? error.message : error}\n${round.log.join('\n')}`);
        });
        vi.clearAllTimers();
      }
    });
  });
}
