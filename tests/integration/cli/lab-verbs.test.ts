import { chmodSync, existsSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Docker from 'dockerode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labArchivesSchema, labStartedSchema } from '../../../contract/lab.ts';
import { escaleIn, temporaryState } from './escale.ts';

const state = temporaryState();
const { run, json } = escaleIn(state);
const docker = new Docker();
let lab = '';
let container = '';

const ours = () => docker.listContainers({ all: true, filters: { label: [`escale.instance=${state}`] } });

beforeAll(async () => {
  const started = labStartedSchema.parse(await json(['lab', 'start']));
  ({ lab, container } = started);
});

afterAll(async () => {
  await run(['clean', '--yes']);
});

describe('a lab from the command line, without a running server', () => {
  it('becomes ready, in a host container whose name contains its id', async () => {
    const { Name, State } = await docker.getContainer(container).inspect();
    expect(Name).toContain(lab);
    expect(State.Running).toBe(true);
    expect(await json(['lab', 'list'])).toMatchObject({ labs: [{ lab, state: 'ready' }] });
  });

  it('runs a command as the learner, with separate outputs, input, and its exit status', async () => {
    const answer = await run(['lab', 'exec', lab, '--', 'bash', '-c', 'id -un; pwd; cat; echo mal >&2; exit 42'], 'lu');
    expect(answer).toEqual({ exit: 42, stdout: 'dataeng\n/home/dataeng/docker-etl-project\nlu', stderr: 'mal\n' });
    expect(await run(['lab', 'exec', lab, '--root', '--', 'id', '-u'])).toMatchObject({ exit: 0, stdout: '0\n' });
    expect(await run(['lab', 'exec', lab, '--', 'no-such-command'])).toMatchObject({ exit: 127 });
  });

  it('passes several megabytes of binary input and output unchanged', async () => {
    const script = 'head -c 3000000 /dev/urandom > /tmp/b; sha256sum < /tmp/b; base64 -w0 /tmp/b';
    const { stdout } = await run(['lab', 'exec', lab, '--', 'bash', '-c', script]);
    const [sum = '', encoded = ''] = stdout.split('  -\n');
    const back = await run(['lab', 'exec', lab, '--', 'bash', '-c', 'base64 -d | sha256sum'], encoded);
    expect(back.stdout).toBe(`${sum}  -\n`);
  });

  it('exits with 125 for errors that are not the command’s', async () => {
    expect(await run(['lab', 'exec', 'brume', '--', 'true'])).toMatchObject({ exit: 125, stdout: '' });
  });

  it('makes the project equal to a folder: dot files, modes, empty folders, inner links; removes files of root', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'escale-projet-'));
    mkdirSync(join(folder, 'dossier vide'));
    writeFileSync(join(folder, '.env'), 'A=1\n');
    writeFileSync(join(folder, 'lancer été.sh'), '#!/bin/sh\n');
    chmodSync(join(folder, 'lancer été.sh'), 0o750);
    symlinkSync('.env', join(folder, 'lien'));
    await run(['lab', 'exec', lab, '--root', '--', 'sh', '-c', 'mkdir -m 700 secret && touch secret/f']);
    expect(await json(['lab', 'put', lab, folder])).toMatchObject({ lab, entries: 4 });
    const { stdout } = await run(['lab', 'exec', lab, '--', 'find', '.', '-mindepth', '1', '-printf', '%P %y %m %u>%l\n']);
    expect(stdout.trim().split('\n').sort()).toEqual(
      ['.env f 644 dataeng>', 'dossier vide d 755 dataeng>', 'lancer été.sh f 750 dataeng>', 'lien l 777 dataeng>.env'].sort(),
    );
  });

  it('refuses to put a folder outside the home and changes nothing there', async () => {
    expect(await json(['lab', 'put', lab, '--starter', '--to', '/etc'], 64)).toHaveProperty('error.code');
    expect(await run(['lab', 'exec', lab, '--', 'test', '-s', '/etc/passwd'])).toMatchObject({ exit: 0 });
  });

  it('puts the solution and the starter', async () => {
    await json(['lab', 'put', lab, '--solution', '1.3']);
    expect(await run(['lab', 'exec', lab, '--', 'test', '-f', 'Dockerfile'])).toMatchObject({ exit: 0 });
    await json(['lab', 'put', lab, '--starter']);
    expect(await run(['lab', 'exec', lab, '--', 'test', '-f', 'Dockerfile'])).toMatchObject({ exit: 1 });
  });

  it('keeps everything through stop and start, and explains why a stopped lab runs nothing', async () => {
    await run(['lab', 'exec', lab, '--', 'sh', '-c', 'echo gardé > note']);
    expect(await json(['lab', 'stop', lab])).toMatchObject({ lab, state: 'stopped' });
    expect(await json(['lab', 'stop', lab])).toMatchObject({ state: 'stopped' });
    expect(await run(['lab', 'exec', lab, '--', 'true'])).toMatchObject({ exit: 125 });
    expect(await json(['lab', 'start', lab])).toMatchObject({ lab, state: 'ready' });
    expect(await run(['lab', 'exec', lab, '--', 'cat', 'note'])).toMatchObject({ stdout: 'gardé\n' });
  });

  it('archives the project at a reset', async () => {
    const { archive } = await json(['lab', 'reset', lab]);
    expect(existsSync(String(archive))).toBe(true);
    expect(await run(['lab', 'exec', lab, '--', 'test', '-e', 'note'])).toMatchObject({ exit: 1 });
  });

  it('gives an archive back, and archives first what is there', async () => {
    await run(['lab', 'exec', lab, '--', 'sh', '-c', 'echo autre > ailleurs; chmod 750 ailleurs']);
    const { restored, archive } = await json(['lab', 'restore', lab]);
    expect(await run(['lab', 'exec', lab, '--', 'cat', 'note'])).toMatchObject({ stdout: 'gardé\n' });
    expect(await run(['lab', 'exec', lab, '--', 'test', '-e', 'ailleurs'])).toMatchObject({ exit: 1 });
    expect(existsSync(String(archive))).toBe(true);
    const { archives } = labArchivesSchema.parse(await json(['lab', 'archives', lab]));
    expect(archives.map(({ name }) => name)).toContain(restored);
    await json(['lab', 'restore', lab, String(archives[0]?.name)]);
    expect(await run(['lab', 'exec', lab, '--', 'stat', '-c', '%a', 'ailleurs'])).toMatchObject({ stdout: '750\n' });
  });

  it('asks before it cleans, and without a terminal cleans nothing', async () => {
    expect(await json(['clean'], 64)).toMatchObject({ error: { code: 'clean.not-agreed' } });
    expect(await ours()).not.toHaveLength(0);
  });

  it('removes a lab, then everything of this state folder', async () => {
    await json(['lab', 'remove', lab]);
    expect(await json(['lab', 'list'])).toEqual({ labs: [] });
    await json(['clean', '--yes']);
    expect(await ours()).toEqual([]);
    expect(existsSync(state)).toBe(false);
  });
});
