import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeCase } from '../../../../../../server/checkpoints/lesson-test/cases/write-case.ts';
import type { ProjectEntry } from '../../../../../../server/projects/project.ts';
import { readFolder } from '../../../../../../server/projects/read-folder.ts';
import { temporaryFolder } from '../../../../setup/lib/temporary-folder.ts';

it('writes what is read back as it was', async () => {
  const folder = join(temporaryFolder(), 'mistakes/1.3/x');
  const whole = new Map<string, ProjectEntry>([
    ['bin', { kind: 'folder', mode: 0o755 }],
    ['bin/run', { kind: 'file', mode: 0o755, content: Buffer.from('exit 0\n') }],
    ['link', { kind: 'link', target: 'bin/run' }],
  ]);
  await writeCase(folder, { what: 'x' }, whole);
  const read = new Map(await readFolder(folder));
  expect(read.get('case.json')).toMatchObject({ content: Buffer.from('{\n  "what": "x"\n}\n') });
  read.delete('case.json');
  expect(read).toEqual(whole);
});

it('refuses a name that is taken, and touches nothing of it', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'here'));
  await expect(writeCase(folder, { what: 'x' }, new Map())).rejects.toMatchObject({ code: 'case.exists', kind: 'usage' });
  expect(statSync(join(folder, 'here')).isDirectory()).toBe(true);
});

it('leaves nothing of a case that could not be written', async () => {
  const folder = join(temporaryFolder(), 'x');
  const file = { kind: 'file', mode: 0o644, content: Buffer.from('') } as const;
  const broken = new Map([
    ['a', file],
    ['a/b', file],
  ]);
  await expect(writeCase(folder, { what: 'x' }, broken)).rejects.toThrow();
  expect(existsSync(folder)).toBe(false);
  await writeCase(folder, { what: 'x' }, new Map([['a', file]]));
  expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('');
});
