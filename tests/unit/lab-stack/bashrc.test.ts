import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';

const BASHRC = join(import.meta.dirname, '../../../lab-stack/lab/lab-root/overlay/etc/skel/.bashrc');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'escale-bashrc-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** What an interactive shell says that runs `script`. */
async function said(script: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)('bash', ['--rcfile', BASHRC, '-i', '-c', script], {
    cwd: folder,
    env: { ...process.env, HOME: folder },
  });
  return stdout.split('\n').filter(Boolean);
}

it('says once that the folder of the terminal is gone, then enters the new one', async () => {
  const lines = await said(`
    mkdir project; cd project; still_there
    rm -r ../project; still_there; still_there
    mkdir "$PWD"; still_there; touch there
    still_there; ls "$PWD"`);
  expect(lines).toEqual([
    `Le dossier de ce terminal, ${folder}/project, n’existe plus. Pour le refaire et y aller : mkdir -p ${folder}/project && cd ${folder}/project`,
    `Le dossier de ce terminal a été refait : vous êtes dans le nouveau ${folder}/project.`,
    'there',
  ]);
});
