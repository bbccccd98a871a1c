import { PassThrough, Readable, Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ExecStart } from '../../../contract/agent.ts';
import { settled } from '../../support/settled.ts';
import { type RunningAgent, startAgent, UID } from './start-agent.ts';

const ALIVE = { timeout: 10_000 };
let agent: RunningAgent;
beforeAll(async () => {
  agent = await startAgent({ HTTPS_PROXY: 'http://proxy.example:3128' });
});
afterAll(() => agent.stop());

const start = (argv: string[], more: Partial<ExecStart> = {}): ExecStart => ({ argv, user: 'dataeng', cwd: '.', env: {}, ...more });
const sh = (script: string, more: Partial<ExecStart> = {}): ExecStart => start(['bash', '-c', script], more);
const alive = async (pattern: string): Promise<boolean> =>
  (await agent.client.exec(start(['pgrep', '-f', pattern], { user: 'root' }))).code === 0;

describe('a command', () => {
  it('runs as the learner, with all their groups, in the project, with a login environment and the proxies', async () => {
    const { stdout, code } = await agent.client.exec(
      sh('id -u; id -G; pwd; echo $HOME $USER $LOGNAME $SHELL $LANG $HTTPS_PROXY $X; env | grep -c ESCALE', { env: { X: 'x y' } }),
    );
    const [uid, groups, folder, environment, secrets] = stdout.split('\n');
    const expected = await agent.client.exec(start(['id', '-G', `${UID}`], { user: 'root' }));
    expect([uid, folder, secrets, code]).toEqual([`${UID}`, agent.project, '0', 1]);
    expect(groups?.split(' ')).toEqual(expect.arrayContaining([`${UID}`]));
    expect(expected.stdout).toContain(`${UID}`);
    expect(environment).toBe(`${agent.home} dataeng dataeng /bin/bash C.UTF-8 http://proxy.example:3128 x y`);
  });

  it('runs as root, in another folder', async () => {
    const { stdout } = await agent.client.exec(sh('id -u; pwd; echo $HOME', { user: 'root', cwd: '/usr' }));
    expect(stdout).toBe('0\n/usr\n/root\n');
  });

  it('keeps both outputs separate and passes its input up to the end', async () => {
    const result = await agent.client.exec(sh('cat; echo oops >&2; exit 7'), { stdin: 'héllo' });
    expect(result).toEqual({ code: 7, timedOut: false, stdout: 'héllo', stderr: 'oops\n', truncated: false });
  });

  it.each([
    ['not found', start(['no-such-command']), 127],
    ['not executable', start(['/etc/passwd']), 126],
    ['not found as root', start(['no-such-command'], { user: 'root' }), 127],
    ['ended by a signal', sh('kill -9 $$'), 137],
    ['arguments with everything in them', start(['test', 'a b\n"\'$x', '=', 'a b\n"\'$x']), 0],
  ])('%s', async (_what, command, code) => {
    expect((await agent.client.exec(command)).code).toBe(code);
  });

  it.each(['dataeng', 'root'] as const)('can open its outputs by name, as %s', async (user) => {
    const result = await agent.client.exec(sh('echo a > /dev/stdout; echo b > /dev/stderr; cat', { user }), { stdin: 'c' });
    expect(result).toMatchObject({ code: 0, stdout: 'a\nc', stderr: 'b\n' });
  });

  it('leaves nothing behind in memory', async () => {
    await Promise.all(Array.from({ length: 20 }, () => agent.client.exec(start(['true']))));
    const left = `ls -d /dev/shm/escale-exec-${agent.process.pid}-* | wc -l; ls /proc/${agent.process.pid}/fd | wc -l`;
    await vi.waitFor(
      async () => {
        const { stdout } = await agent.client.exec(sh(left, { user: 'root' }));
        const [folders, descriptors] = stdout.split('\n').map(Number);
        expect(folders).toBeLessThanOrEqual(2);
        expect(descriptors).toBeLessThan(60);
      },
      { timeout: 10_000 },
    );
  });

  it('fails if its folder does not exist', async () => {
    await expect(agent.client.exec(sh('true', { cwd: 'absent' }))).rejects.toMatchObject({ code: 'exec.no-folder', kind: 'usage' });
  });

  it('is ended with its children after its timeout', async () => {
    const result = await agent.client.exec(sh('trap "" TERM; echo begun; sleep 876543', { timeoutMs: 500 }));
    expect(result).toMatchObject({ code: 124, timedOut: true, stdout: 'begun\n' });
    expect(await alive('sleep 87654[3]')).toBe(false);
  });

  it('is ended when its client disconnects', async () => {
    const stop = new AbortController();
    const run = agent.client.exec(sh('sleep 765432'), { signal: stop.signal });
    await vi.waitFor(async () => expect(await alive('sleep 76543[2]')).toBe(true), ALIVE);
    stop.abort();
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
    await vi.waitFor(async () => expect(await alive('sleep 76543[2]')).toBe(false), ALIVE);
  });

  it('keeps the beginning of a long output and says that the rest was dropped', async () => {
    const result = await agent.client.exec(sh('yes | head -c 5000000; echo end >&2'), { maxBytes: 1000 });
    expect(result).toMatchObject({ code: 0, truncated: true, stderr: 'end\n' });
    expect(result.stdout).toHaveLength(1000);
  });

  it('cannot be larger than a frame', async () => {
    const argv = ['true', ...Array.from({ length: 20 }, () => 'x'.repeat(100_000))];
    await expect(agent.client.exec(start(argv))).rejects.toMatchObject({ code: 'exec.too-large', kind: 'usage' });
  });
});

describe('live streams', () => {
  const sink = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() });

  it('carry binary input and output completely', async () => {
    const bytes = Buffer.alloc(3_000_000, 'abc\0\xff');
    const stdout = new PassThrough();
    const chunks: Buffer[] = [];
    stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    const exit = await agent.client.execStream(start(['cat']), { stdin: Readable.from([bytes]), stdout, stderr: sink() });
    expect(exit).toEqual({ code: 0, timedOut: false });
    expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
  });

  it('wait for a client that stops reading', async () => {
    let taken = 0;
    let go: () => void = () => undefined;
    const stdout = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        taken += chunk.length;
        go = done;
      },
    });
    const stop = new AbortController();
    const run = agent.client.execStream(sh('yes | head -c 300000000; echo x'), { stdin: null, stdout, stderr: sink() }, stop.signal);
    await vi.waitFor(() => expect(taken).toBeGreaterThan(0), ALIVE);
    expect(await settled(() => taken)).toBeLessThan(100_000);
    expect(await alive('head -c 30000000[0]')).toBe(true);
    go();
    stop.abort();
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('wait for a command that does not read, and notice that the client disconnects meanwhile', async () => {
    const stop = new AbortController();
    let sent = 0;
    const endless = new Readable({
      read() {
        sent += 256 * 1024;
        this.push(Buffer.alloc(256 * 1024));
      },
    });
    const run = agent.client.execStream(sh('sleep 654321'), { stdin: endless, stdout: sink(), stderr: sink() }, stop.signal);
    expect(await settled(() => sent)).toBeLessThan(20_000_000);
    stop.abort();
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
    await vi.waitFor(async () => expect(await alive('sleep 65432[1]')).toBe(false), ALIVE);
  });
});
