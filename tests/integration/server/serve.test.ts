import { existsSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import Docker from 'dockerode';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { progressSchema } from '../../../contract/progress.ts';
import { openControl } from '../../../server/control/open-control.ts';
import { SOLO_LEARNER } from '../../../server/learner.ts';
import { ProgressStore } from '../../../server/state/progress-store.ts';
import { RunningServer } from './running-server.ts';
import { Shell } from './shell.ts';

const server = new RunningServer();

beforeAll(async () => {
  await server.start();
  await server.ready();
});
afterAll(() => server.clean());

const run = async (script: string, user: 'dataeng' | 'root' = 'dataeng') => {
  const agent = await server.labs.agent('solo');
  return agent.exec({ argv: ['bash', '-c', script], user, cwd: '/home/dataeng', env: {} });
};

describe('the server', () => {
  it('creates its lab by itself, with an empty project folder', async () => {
    expect(await run('ls -A docker-etl-project')).toMatchObject({ code: 0, stdout: '' });
    expect(statSync(server.folder.serverFile).mode & 0o077).toBe(0);
  });

  it('connects the page to a shell and to the files', async () => {
    const { frames, socket } = await server.workspace();
    const shell = new Shell();
    await shell.attach(server, 'one');
    shell.type('echo "il y a $((40 + 2)) vagues" > vagues.txt; cat vagues.txt');
    await shell.sees('il y a 42 vagues');
    await vi.waitFor(() =>
      expect(frames.filter(({ type }) => type === 'files')).toContainEqual(
        expect.objectContaining({ paths: expect.arrayContaining(['vagues.txt']) }),
      ),
    );
    expect(frames).toContainEqual(
      expect.objectContaining({
        type: 'lab',
        lab: expect.objectContaining({ state: 'ready', memory: expect.anything(), disk: expect.anything() }),
      }),
    );

    const headers = { authorization: `Bearer ${await server.pageToken()}`, 'content-type': 'application/json' };
    const read = await (await fetch(`${server.origin}/api/files/content?path=vagues.txt`, { headers })).json();
    expect(read).toMatchObject({ text: 'il y a 42 vagues\n' });
    const save = (text: string, version: string) =>
      fetch(`${server.origin}/api/files/content`, { method: 'PUT', headers, body: JSON.stringify({ path: 'vagues.txt', text, version }) });
    expect((await save('calme\n', String(Object(read).version))).status).toBe(200);
    const late = await save('tempête\n', String(Object(read).version));
    expect([late.status, await late.json()]).toMatchObject([409, { error: { code: 'file.conflict' } }]);
    expect((await run('cat docker-etl-project/vagues.txt')).stdout).toBe('calme\n');
    shell.close();
    socket.terminate();
  });

  it('sends the page new verdicts as the work changes, and records what was met', async () => {
    const { frames, socket } = await server.workspace();
    const verdict = () => {
      const last = frames.filter((frame) => frame.type === 'verdicts').at(-1);
      return last?.criteria.find(({ id }) => id === '1.3/dockerfile')?.verdict;
    };
    socket.send(JSON.stringify({ type: 'watch', task: '1.3' }));
    await vi.waitFor(() => expect(verdict()).toBe('not-met'), { timeout: 10_000 });
    await run('printf \'FROM python:3.11-slim\\nCMD ["python"]\\n\' > docker-etl-project/Dockerfile');
    await vi.waitFor(() => expect(verdict()).toBe('met'), { timeout: 10_000 });
    await run('rm docker-etl-project/Dockerfile');
    await vi.waitFor(() => expect(verdict()).toBe('not-met'), { timeout: 10_000 });
    socket.terminate();
    const database = new DatabaseSync(server.folder.database, { readOnly: true });
    const kept = new ProgressStore(database).of(SOLO_LEARNER).map(({ criterion }) => criterion);
    database.close();
    expect(kept).toContain('1.3/dockerfile');
  });

  it('loses neither output of a running command nor the lab when it is killed', async () => {
    const shell = new Shell();
    await shell.attach(server, 'long');
    const container = await server.container();
    shell.type('for i in $(seq 1 60); do echo "ligne $i."; sleep 0.1; done; echo fi""ni');
    await shell.sees('ligne 10.');
    await server.end('SIGKILL');
    await server.start();
    expect(await server.ready(20_000)).toMatchObject({ state: 'ready' });
    expect(await server.container()).toBe(container);
    await shell.attach(server, 'long');
    await shell.sees('fini');
    for (let i = 1; i <= 60; i++) expect(shell.text.split(`ligne ${i}.`)).toHaveLength(2);
    expect(shell.frames.filter(({ type }) => type === 'attached')).toMatchObject([{ gap: false }, { gap: false }]);
    shell.close();
  });

  it('recreates a lab that was removed externally, with its files', async () => {
    await run('echo gardé > souvenir.txt');
    const container = await server.container();
    await new Docker().getContainer(container).remove({ force: true });
    await vi.waitFor(async () => expect(await server.container()).not.toMatch(`${container}|none`), { timeout: 30_000, interval: 200 });
    await server.ready(60_000);
    expect((await run('cat souvenir.txt')).stdout).toBe('gardé\n');
  });

  it('resets a lab: archives the project, gives it a new engine, restores the starter', async () => {
    await run('cd docker-etl-project && echo perdu > mien.txt');
    const made =
      await run(`docker build -q -t mienne - <<< $'FROM scratch\\nLABEL a=b' && docker volume create donnees && docker network create lien
      printf 'FROM debian:bookworm-slim\\n' | docker build -q -t base - && docker run -d --name tourne -v donnees:/data base sleep 600`);
    expect([made.code, made.stderr]).toEqual([0, expect.any(String)]);
    const { archive } = await server.labs.reset('solo');
    expect(archive === null ? false : existsSync(archive)).toBe(true);
    const left = await run(
      'docker ps -aq; docker volume ls -q; docker images -q mienne; docker images -q base; docker network ls -q --filter type=custom; ls -A docker-etl-project',
    );
    expect(left).toMatchObject({ code: 0, stdout: '' });
  });

  it('resets a lab without a project and with a stopped engine', async () => {
    await run('rm -rf ~/docker-etl-project');
    await (await server.labs.agent('solo')).engine('stop');
    expect(await server.labs.reset('solo')).toEqual({ archive: null });
    expect(await run('docker info > /dev/null && ls -A docker-etl-project')).toMatchObject({ code: 0, stdout: '' });
  });

  it('shares its labs with the command line, and does not block it after its end', async () => {
    const control = await openControl({ stateDir: server.folder.dir });
    expect(control.via).toBe('server');
    const { lab, container } = await control.labs.start();
    expect((await new Docker().getContainer(container).inspect()).Name).toContain(lab);
    await control.labs.remove(lab);
    expect((await control.labs.list()).map((status) => status.lab)).toEqual(['solo']);
  });

  it('stops its labs and the registry on request, and keeps their data', async () => {
    expect(await server.end('SIGINT')).toBe(0);
    expect(existsSync(server.folder.serverFile)).toBe(false);
    const running = await new Docker().listContainers({ filters: { label: [`escale.instance=${server.folder.dir}`] } });
    expect(running).toEqual([]);
    const control = await openControl({ stateDir: server.folder.dir });
    expect(control.via).toBe('local');
    expect(await control.labs.list()).toMatchObject([{ lab: 'solo', state: 'stopped' }]);
    await control.labs.start({ lab: 'solo' });
    const agent = await control.labs.agent('solo');
    await control.close();
    expect((await agent.exec({ argv: ['ls'], user: 'dataeng', cwd: '/home/dataeng', env: {} })).stdout).toContain('souvenir.txt');
  });

  it('shows with a new lab what was met in the one that was removed', { timeout: 300_000 }, async () => {
    await server.end('SIGINT');
    const control = await openControl({ stateDir: server.folder.dir });
    await control.labs.start({ lab: 'solo' });
    const agent = await control.labs.agent('solo');
    await agent.writeFile({ path: 'Dockerfile', text: 'FROM python:3.11-slim\nCMD ["python"]\n', version: null });
    await control.labs.check('solo', ['1.3'], { trials: false, waitMs: 0, learner: SOLO_LEARNER });
    await control.labs.remove('solo');
    await control.close();
    await server.start();
    await server.ready();
    expect((await run('ls -A docker-etl-project')).stdout).toBe('');
    const headers = { authorization: `Bearer ${await server.pageToken()}` };
    const { achievements } = progressSchema.parse(await (await fetch(`${server.origin}/api/progress`, { headers })).json());
    expect(achievements.map(({ criterion }) => criterion)).toContain('1.3/dockerfile');
  });
});
