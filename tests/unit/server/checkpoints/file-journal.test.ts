import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FileJournal } from '../../../../server/checkpoints/trials/file-journal.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'escale-trials-'));
});
afterEach(() => rm(folder, { recursive: true }));

const plan = { id: 'one', lab: 'l', act: 'health', startedAt: '2026-11-24T10:00:00Z' };

const BEGIN_AND_WAIT = `
  import { FileJournal } from './server/checkpoints/trials/file-journal.ts';
  await new FileJournal(process.argv[1]).begin(JSON.parse(process.argv[2]));
  console.log('begun');
  setInterval(() => {}, 1000);
`;

it('lets one trial act on a lab, and another once it has ended', async () => {
  const journal = new FileJournal(folder);
  await journal.begin(plan);
  await expect(journal.begin({ ...plan, id: 'two' })).rejects.toMatchObject({ code: 'trial.running', kind: 'conflict' });
  expect(await journal.leftovers()).toEqual([]);
  await journal.begin({ ...plan, id: 'elsewhere', lab: 'm' });
  await journal.end(plan);
  await journal.begin({ ...plan, id: 'two' });
  expect((await readdir(folder)).filter((name) => name.endsWith('.json')).sort()).toEqual(['l.json', 'm.json']);
});

it('keeps out another process while a trial acts, and finds its plan once it was killed', async () => {
  const holder = spawn(process.execPath, ['--input-type=module', '--eval', BEGIN_AND_WAIT, folder, JSON.stringify(plan)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  const journal = new FileJournal(folder);
  expect(await journal.leftovers()).toEqual([]);
  await expect(journal.begin({ ...plan, id: 'two' })).rejects.toMatchObject({ code: 'trial.running' });
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  expect(await journal.leftovers()).toEqual([plan]);
  await journal.end(plan);
  expect(await journal.leftovers()).toEqual([]);
});

it('finds the plan of a process whose id another one bears by now', async () => {
  await writeFile(join(folder, 'l.json'), JSON.stringify({ ...plan, pid: process.ppid }));
  expect(await new FileJournal(folder).leftovers()).toEqual([plan]);
});

it('gives a plan that could not be undone to whoever comes next', async () => {
  const journal = new FileJournal(folder);
  await journal.begin(plan);
  expect(await new FileJournal(folder).leftovers()).toEqual([]);
  journal.leave(plan);
  expect(await new FileJournal(folder).leftovers()).toEqual([plan]);
});

it('has nothing to undo where no trial ever ran', async () => {
  expect(await new FileJournal(join(folder, 'nowhere')).leftovers()).toEqual([]);
});
