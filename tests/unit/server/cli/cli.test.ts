import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { errorBodySchema } from '../../../../contract/errors.ts';
import { temporaryFolder } from '../../setup/lib/temporary-folder.ts';
import { escale } from './fake-control.ts';

describe('exit status and output', () => {
  it('prints one JSON document and nothing else', async () => {
    const { exit, stdout, stderr } = await escale(['lab', 'start', '--json']);
    expect(exit).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      lab: 'amarre',
      state: 'ready',
      container: 'c0ffee',
      isolation: 'userns',
      tookMs: 1234,
      steps: [{ name: 'agent', ms: 900 }],
    });
    expect(stderr).toBe('');
  });

  it.each([
    [['dance'], 64, 'cli.unknown-verb'],
    [[], 64, 'cli.unknown-verb'],
    [['lab', 'stop'], 64, 'cli.usage'],
    [['lab', 'stop', 'a', 'b'], 64, 'cli.usage'],
    [['lab', 'stop', 'brume'], 64, 'lab.unknown'],
    [['lab', 'stop', '../x'], 64, 'lab.unknown'],
    [['lab', 'archives', 'brume'], 64, 'lab.unknown'],
    [['lab', 'restore', 'amarre'], 64, 'lab.no-archive'],
    [['lab', 'start', '--what'], 64, 'cli.usage'],
    [['check', '1.3'], 64, 'cli.usage'],
    [['check', '1.3', '--lab', 'amarre', '--wait', 'soon'], 64, 'cli.usage'],
    [['lab', 'put', 'amarre'], 64, 'cli.usage'],
    [['lab', 'put', 'amarre', '/nowhere/at/all'], 64, 'project.folder-unreadable'],
    [['lab', 'put', 'amarre', '--solution', '9.9'], 64, 'task.unknown'],
    [['lab', 'exec', 'brume', '--', 'true'], 125, 'lab.unknown'],
    [['lab', 'exec', 'amarre', 'true'], 125, 'cli.usage'],
  ])('%j fails with %i and %s, as a document with --json', async (words, exit, code) => {
    const dashes = words.indexOf('--');
    const asked = dashes < 0 ? [...words, '--json'] : [...words.slice(0, dashes), '--json', ...words.slice(dashes)];
    const result = await escale(asked);
    expect(result.exit).toBe(exit);
    expect(errorBodySchema.parse(JSON.parse(result.stdout)).error.code).toBe(code);
  });

  it('refuses a variable that Escale does not know like any other word', async () => {
    const { exit, stdout, calls } = await escale(['lab', 'start', '--json'], { variables: { ESCALE_SETUP: 'nerver' } });
    expect([exit, errorBodySchema.parse(JSON.parse(stdout)).error.code, calls]).toEqual([64, 'environment.setup', []]);
  });

  it('tells people on standard error what is wrong and how the verb is used', async () => {
    const { stdout, stderr } = await escale(['lab', 'stop']);
    expect(stdout).toBe('');
    expect(stderr).toBe('Il manque un argument.\nUsage : escale lab stop <labo>\n');
  });

  it('lists every verb as help', async () => {
    const { exit, stdout } = await escale(['help']);
    expect(exit).toBe(0);
    for (const verb of ['serve', 'doctor', 'images list', 'lab start', 'lab put', 'lab exec', 'check', 'clean']) {
      expect(stdout).toContain(`escale ${verb}`);
    }
  });
});

describe('archived projects', () => {
  const archive = (minute: string) => ({
    name: `amarre-2026-11-29T10-${minute}-00.000Z.reset.tar`,
    at: `2026-11-29T10:${minute}:00.000Z`,
    bytes: 3 * 1024 ** 2,
    cause: 'reset' as const,
  });
  const archives = [archive('05'), archive('04')];

  it('are listed with their folder', async () => {
    const { stdout } = await escale(['lab', 'archives', 'amarre'], { archives });
    expect(stdout).toBe(`Dans /archives :\n${archives.map(({ name }) => `${name} (3,0 Mio, avant une remise à zéro)`).join('\n')}\n`);
    expect(JSON.parse((await escale(['lab', 'archives', 'amarre', '--json'], { archives })).stdout)).toEqual({
      lab: 'amarre',
      folder: '/archives',
      archives,
    });
  });

  it.each([
    [[], archives[0]?.name],
    [[archives[1]?.name ?? ''], archives[1]?.name],
  ])('with %j, one is given back; steps go to standard error', async (words, name) => {
    const { exit, stdout, stderr, calls } = await escale(['lab', 'restore', 'amarre', ...words, '--json'], { archives });
    expect([exit, JSON.parse(stdout)]).toEqual([0, { lab: 'amarre', restored: name, archive: '/archives/2.tar' }]);
    expect(calls).toContain(`restore amarre ${name}`);
    expect(stderr).toBe('  ✓ projet archivé (1,2 s)\n');
  });
});

describe('lab exec', () => {
  it('passes both outputs and the exit status on, and releases the state folder first', async () => {
    const { exit, stdout, stderr, calls } = await escale(['lab', 'exec', 'amarre', '--', 'ls', '--json', '-la']);
    expect({ exit, stdout, stderr }).toEqual({ exit: 7, stdout: 'out', stderr: 'err' });
    expect(calls.slice(0, 2)).toEqual(['close', 'exec dataeng ls --json -la']);
  });

  it('runs as root when asked', async () => {
    expect((await escale(['lab', 'exec', 'amarre', '--root', '--', 'id'])).calls).toContain('exec root id');
  });
});

describe('lab put', () => {
  it('sends a folder to the project or to the given path', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'empty'));
    writeFileSync(join(folder, '.env'), 'A=1');
    symlinkSync('.env', join(folder, 'link'));
    const { exit, stdout, calls } = await escale(['lab', 'put', 'amarre', folder, '--to', 'other', '--json']);
    expect(exit).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ lab: 'amarre', to: 'other', entries: 3 });
    expect(calls).toContain('put other true');
  });

  it('accepts one source only', async () => {
    expect((await escale(['lab', 'put', 'amarre', '.', '--starter'])).exit).toBe(64);
  });
});
