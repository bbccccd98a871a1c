import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readContract } from '../../../server/image-contracts/read-contract.ts';
import { tryClause, tryPull } from '../../../server/image-contracts/try-clause.ts';
import { COURSE_IMAGES } from '../../../server/images/course/catalogue.ts';
import { readHostSettings } from '../../../server/images/host/host-settings.ts';
import { startTestLab, type TestLab } from '../labs/test-lab.ts';
import { longEnough, quiet, repoRoot, scratchInstance } from './scratch-instance.ts';

/** What `escale images test` checks, for the images that the first part of the course needs. */
const needed = COURSE_IMAGES.filter(({ later }) => later === undefined);
const contracts = await Promise.all(
  needed.map(async ({ names, folder }) => ({ image: names[0], clauses: await readContract(repoRoot, folder) })),
);
const scratch = scratchInstance();
const CLAUSE_MS = 600_000;
let lab: TestLab;

beforeAll(async () => {
  const [registry, { extraCa, proxy }] = await Promise.all([scratch.images.registry(quiet, longEnough()), readHostSettings()]);
  for (const { image } of contracts) await scratch.images.courseImage(image, quiet, longEnough(900));
  lab = await startTestLab({ registry, publicRegistry: scratch.images.publicRegistry(), extraCa, env: proxy }, scratch.instance);
}, 1_200_000);
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
