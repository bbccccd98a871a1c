import { execFileSync } from 'node:child_process';
import { chown, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningAgent, startAgent, UID } from './start-agent.ts';
import { TerminalDoor } from './terminal-door.ts';

let agent: RunningAgent;
let mounted = '';

beforeAll(async () => {
  agent = await startAgent();
  execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=1m,mode=755', 'tmpfs', agent.home]);
  mounted = agent.home;
  await mkdir(agent.project);
  for (const folder of [agent.home, agent.project]) await chown(folder, UID, UID);
  await writeFile(`${agent.project}/kept`, 'mine');
  await writeFile(`${agent.home}/filler`, Buffer.alloc(1024 * 1024)).catch(() => undefined);
});
afterAll(async () => {
  if (mounted !== '') execFileSync('/bin/umount', ['-l', mounted]);
  await agent.stop();
});

describe('on a full disk', () => {
  it('a save fails with an error and loses nothing', async () => {
    const { version } = await agent.client.readFile('kept');
    await expect(agent.client.writeFile({ path: 'kept', text: 'x'.repeat(100_000), version })).rejects.toMatchObject({
      code: 'disk.full',
      kind: 'unavailable',
    });
    expect(await readFile(`${agent.project}/kept`, 'utf8')).toBe('mine');
    expect(await readdir(agent.project)).toEqual(['kept']);
  });

  it('an archive fails with an error and changes nothing', async () => {
    const tar = pack();
    tar.entry({ name: 'big' }, Buffer.alloc(500_000));
    tar.finalize();
    await expect(agent.client.putTree(Readable.from(tar))).rejects.toMatchObject({ code: 'disk.full' });
    expect(await readdir(agent.project)).toEqual(['kept']);
    expect(await readdir(agent.home)).not.toContain('.escale-staging');
  });

  it('commands and shells still run', async () => {
    const { stdout } = await agent.client.exec({ argv: ['cat', 'kept'], user: 'dataeng', cwd: '.', env: {} });
    expect(stdout).toBe('mine');
    const door = await TerminalDoor.attached(agent, 'full');
    await door.sees('$ ');
    door.type('cat kept; echo\r');
    await door.sees('\nmine');
    door.socket.terminate();
  });
});
