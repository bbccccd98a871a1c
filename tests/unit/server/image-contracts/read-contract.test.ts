import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseContract, readContract } from '../../../../server/image-contracts/read-contract.ts';
import { tryClause } from '../../../../server/image-contracts/try-clause.ts';
import { COURSE_IMAGES } from '../../../../server/images/course/catalogue.ts';

const repoRoot = resolve(import.meta.dirname, '../../../..');

describe('a contract', () => {
  it('is split into clauses, each with the common part', () => {
    expect(parseContract('helper() { :; }\n## Premier\none\n## Second\ntwo\n')).toEqual([
      { title: 'Premier', script: 'helper() { :; }\n\none\n' },
      { title: 'Second', script: 'helper() { :; }\n\ntwo\n' },
    ]);
  });

  it.each(COURSE_IMAGES.map(({ folder }) => folder))('exists for the image %s', async (folder) => {
    expect(existsSync(join(repoRoot, 'lab-stack/images', folder, 'Dockerfile'))).toBe(true);
    expect((await readContract(repoRoot, folder)).length).toBeGreaterThan(1);
  });

  it('reports what was seen when a clause fails', async () => {
    const shell = { exec: async () => ({ code: 1, timedOut: false, truncated: false, stdout: 'attendu : 1 ; vu : 2\n', stderr: '' }) };
    const result = await tryClause(shell, 'image', { title: 'T', script: 'false' }, new AbortController().signal);
    expect(result).toMatchObject({ title: 'T', ok: false, said: 'attendu : 1 ; vu : 2' });
  });
});
