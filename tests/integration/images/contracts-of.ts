import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readContract } from '../../../server/image-contracts/read-contract.ts';
import { tryClause, tryPull } from '../../../server/image-contracts/try-clause.ts';
import { courseImage } from '../../../server/images/course/catalogue.ts';
import { readHostSettings } from '../../../server/images/host/host-settings.ts';
import { startTestLab, type TestLab } from '../labs/test-lab.ts';
import { longEnough, quiet, repoRoot, scratchInstance } from './scratch-instance.ts';

const CLAUSE_MS = 600_000;

/** What `escale images test` checks, for these images in one lab. Builds the missing ones; a build that is running already is shared. */
export async function contractsOf(names: readonly string[]): Promise<void> {
  const contracts = await Promise.all(
    names.map(async (image) => ({ image, clauses: await readContract(repoRoot, courseImage(image).folder) })),
  );
  const scratch = scratchInstance();
  let lab: TestLab;

  beforeAll(async () => {
    const [registry, { extraCa, proxy }] = await Promise.all([scratch.images.registry(quiet, longEnough()), readHostSettings()]);
    for (const { image } of contracts) await scratch.images.courseImage(image, quiet, longEnough(1500));
    lab = await startTestLab({ registry, publicRegistry: scratch.images.publicRegistry(), extraCa, env: proxy }, scratch.instance);
  }, 1_800_000);
  afterAll(async () => {
    await lab?.end();
    await scratch.remove();
  });

  describe.each(contracts)('$image', ({ image, clauses }) => {
    it('is pulled by a lab', { timeout: CLAUSE_MS }, async () => {
      expect(await tryPull(lab.agent, image, longEnough(300))).toMatchObject({ ok: true, said: '' });
    });

    it.each(clauses)('$title', { timeout: CLAUSE_MS }, async (clause) => {
      expect(await tryClause(lab.agent, image, clause, longEnough(600))).toMatchObject({ ok: true, said: '' });
    });
  });
}
