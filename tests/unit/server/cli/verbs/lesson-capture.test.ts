import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Verdict } from '../../../../../contract/verdict.ts';
import { temporaryFolder } from '../../../setup/lib/temporary-folder.ts';
import { escale } from '../fake-control.ts';

const verdict: Verdict = {
  id: '1.3/non-root',
  task: '1.3',
  row: 'dockerfile',
  points: 2,
  title: 'Un processus sans privilège',
  judge: 'program',
  remarks: [],
  evidence: [],
  verdict: 'not-met',
  diagnosis: { code: 'user.root', expected: 'un compte', observed: 'root', where: {}, look: 'USER' },
};

it('writes the case, and says what the lab was judged to be and what is left to write', async () => {
  const folder = temporaryFolder();
  const words = ['lesson', 'capture', 'amarre', 'back-to-root', '--task', '1.3', '--to', folder];
  const { exit, stdout, calls } = await escale([...words, '--what', 'USER root', '--json'], { verdicts: [verdict] });
  expect(exit).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    lab: 'amarre',
    name: 'back-to-root',
    kind: 'mistake',
    folder: join(folder, 'back-to-root'),
    edits: 1,
    whole: [],
    fails: [{ criterion: '1.3/non-root', code: 'user.root' }],
    toWrite: ['text'],
  });
  expect(calls).toContain('check 1.3 trials=false waitMs=30000 learner=undefined');
  expect(JSON.parse(readFileSync(join(folder, 'back-to-root/case.json'), 'utf8'))).toEqual({
    what: 'USER root',
    edits: [{ file: 'Dockerfile', replace: 'USER etl', with: 'USER root' }],
    fails: [{ criterion: '1.3/non-root', code: 'user.root' }],
  });
});

it('tells people what was written, seen, and what they have to add', async () => {
  const folder = temporaryFolder();
  const { stdout } = await escale(['lesson', 'capture', 'amarre', 'x', '--task', '1.3', '--to', folder], { verdicts: [verdict] });
  for (const said of ['modifié : Dockerfile', '✗ 1.3/non-root user.root : root', '« what »', '« text »', '« commands »']) {
    expect(stdout).toContain(said);
  }
});

it.each([
  [['amarre', 'x'], 'cli.usage'],
  [['amarre', 'Not A Name', '--task', '1.3'], 'cli.usage'],
  [['amarre', '../x', '--task', '1.3'], 'cli.usage'],
  [['amarre', 'x', '--task', '9.9'], 'task.unknown'],
  [['brume', 'x', '--task', '1.3'], 'lab.unknown'],
  [['amarre', 'no-user', '--task', '1.3'], 'case.exists'],
])('lesson capture %j is refused with %s, and nothing is written', async (words, code) => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'no-user'));
  const { exit, stdout } = await escale(['lesson', 'capture', ...words, '--to', folder, '--json'], { verdicts: [verdict] });
  expect(exit).toBe(64);
  expect(JSON.parse(stdout)).toHaveProperty('error.code', code);
  expect(existsSync(join(folder, 'x'))).toBe(false);
});
