import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FileJournal } from '../../../server/checkpoints/trials/file-journal.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'escale-trials-'));
});
afterEach(() => rm(folder, { recursive: true }));

const plan = { id: 'one', lab: 'l', criterion: '1.3/healthcheck-trial', startedAt: '2026-11-24T10:00:00Z' };

it('lets one trial act on a lab, and another once it has ended', async () => {
  const journal = new FileJournal(folder);
  await journal.begin(plan);
  await expect(journal.begin({ ...plan, id: 'two' })).rejects.toMatchObject({ code: 'trial.running', kind: 'conflict' });
  expect(await journal.leftovers()).toEqual([]);
  await journal.begin({ ...plan, id: 'elsewhere', lab: 'm' });
  await journal.end(plan);
  await journal.begin({ ...plan, id: 'two' });
  expect((await readdir(folder)).sort()).toEqual(['l.json', 'm.json']);
});

it('finds the plan of a process that was killed', async () => {
  await writeFile(join(folder, 'l.json'), JSON.stringify({ ...plan, pid: 2 ** 22 + 1 }));
  const journal = new FileJournal(folder);
  expect(await journal.leftovers()).toMatchObject([plan]);
  await journal.end(plan);
  expect(await journal.leftovers()).toEqual([]);
});

it('has nothing to undo where no trial ever ran', async () => {
  expect(await new FileJournal(join(folder, 'nowhere')).leftovers()).toEqual([]);
});
