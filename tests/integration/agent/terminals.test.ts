import { existsSync, readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { TERMINAL_REPLAY_BYTES, TERMINAL_WINDOW_BYTES } from '../../../contract/terminal.ts';
import { settled } from '../../support/settled.ts';
import { type RunningAgent, startAgent } from './start-agent.ts';
import { TerminalSession } from './terminal-session.ts';

/** Like the lab's own prompt, which marks its start, its end, and when a command runs. */
const PROFILE = "PS1='\\[\\e]133;A\\a\\]ready:\\w\\$ \\[\\e]133;B\\a\\]'\nPS0='\\e]133;C\\a'\n";
const PROMPT = 'ready:~/docker-etl-project$ ';

let agent: RunningAgent;
let count = 0;
/** What the system keeps of a terminal's output that is not read yet. */
const PTY_BYTES = 64 * 1024;
let open: Array<{ id: string; session: TerminalSession }> = [];

beforeAll(async () => {
  agent = await startAgent();
  await writeFile(`${agent.home}/.bash_profile`, PROFILE);
});
afterEach(async () => {
  for (const { id, session } of open) {
    session.socket.terminate();
    await fetch(`${agent.url}/terminals/${id}`, { method: 'DELETE', headers: { authorization: `Bearer ${agent.token}` } });
  }
  open = [];
});
afterAll(() => agent.stop());

async function shell(): Promise<{ id: string; session: TerminalSession }> {
  count += 1;
  const opened = { id: `t${count}`, session: await TerminalSession.attached(agent, `t${count}`) };
  open.push(opened);
  await opened.session.sees(PROMPT);
  return opened;
}

const memory = (): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${agent.process.pid}/status`, 'utf8'))?.[1]) * 1024;

describe('a shell', () => {
  it('is a login shell of the learner in the project, on a UTF-8 terminal', async () => {
    const { session } = await shell();
    session.type('echo "<$(id -u):$HOME:$PWD:$TERM:$LANG:$0:$(stty -a | grep -o " iutf8")>"\r');
    await session.sees(`<1000:${agent.home}:${agent.project}:xterm-256color:C.UTF-8:/bin/bash: iutf8>`);
  });

  it('says where it is if the project is gone, and opens in the project once it is there again', async () => {
    await rename(agent.project, `${agent.home}/away`);
    count += 1;
    const lost = { id: `t${count}`, session: await TerminalSession.attached(agent, `t${count}`) };
    open.push(lost);
    await lost.session.sees(`${agent.project}, n’existe plus : ce terminal est dans ${agent.home}.`);
    await lost.session.sees(`mkdir -p ${agent.project} && cd ${agent.project}`);
    await lost.session.sees('ready:~$ ');
    await rename(`${agent.home}/away`, agent.project);
    await shell();
  });

  it('does not know the agent token', async () => {
    const { session } = await shell();
    session.type('env | grep -c ESCALE; echo done\r');
    await session.sees('0\r\ndone');
  });

  it('outlives its client and is replayed without loss or repetition', async () => {
    const { id, session } = await shell();
    session.type('for i in $(seq 1 50); do echo line-$i; sleep 0.01; done\r');
    await session.sees('line-10\r\n');
    await session.leave();
    // Lines may still arrive while a socket closes, so its position is read after it has closed.
    const { seq } = session;
    const back = await TerminalSession.attached(agent, id, seq);
    await back.sees('line-50\r\n');
    expect(back.last('attached')).toMatchObject({ from: seq, gap: false });
    const whole = `${session.text}${back.text}`;
    for (let i = 1; i <= 50; i += 1) expect(whole.split(`line-${i}\r\n`)).toHaveLength(2);
    const fresh = await TerminalSession.attached(agent, id);
    await fresh.sees('line-50\r\n');
    expect(fresh.text.startsWith(PROMPT)).toBe(true);
    expect(fresh.text).toContain('line-1\r\n');
    fresh.socket.terminate();
    back.socket.terminate();
  });

  it('treats a sequence number of another shell as a gap', async () => {
    const { id, session } = await shell();
    const { seq } = session;
    session.type('exit 3\r');
    await session.until(() => session.last('exit') !== undefined);
    expect(session.last('exit')).toEqual({ type: 'exit', code: 3 });
    session.send({ type: 'attach', after: seq, cols: 80, rows: 24 });
    await session.until(() => (session.last('attached')?.from ?? 0) > seq);
    expect(session.last('attached')).toMatchObject({ terminal: id, gap: true });
    await session.sees(PROMPT);
  });

  it('is shared by two clients, and has the size requested last', async () => {
    const { id, session } = await shell();
    const second = await TerminalSession.attached(agent, id);
    second.send({ type: 'resize', cols: 101, rows: 33 });
    session.type('until stty size | grep 101; do :; done\r');
    await Promise.all([session.sees('33 101'), second.sees('33 101')]);
    second.type('echo from-second\r');
    await session.sees('from-second\r\n');
    second.socket.terminate();
  });

  it('ends with all its processes', async () => {
    const { id, session } = await shell();
    session.type('sleep 987654 & sleep 987653\r');
    await session.until(() => session.last('foreground')?.name === 'sleep');
    await fetch(`${agent.url}/terminals/${id}`, { method: 'DELETE', headers: { authorization: `Bearer ${agent.token}` } });
    await session.until(() => session.last('exit') !== undefined);
    const pgrep = { argv: ['pgrep', '-f', 'sleep 98765[34]'], user: 'root' as const, cwd: '/', env: {} };
    await vi.waitFor(async () => expect((await agent.client.exec(pgrep)).stdout).toBe(''), { timeout: 10_000 });
  });

  it('refuses a ninth shell', async () => {
    for (let i = 0; i < 8; i += 1) await shell();
    const ninth = await TerminalSession.open(agent, 'ninth');
    ninth.send({ type: 'attach', after: null, cols: 80, rows: 24 });
    await ninth.until(() => ninth.closed !== null);
    expect(ninth.last('error')?.error.code).toBe('terminal.too-many');
    expect(ninth.closed?.code).toBe(1008);
  });
});

describe('floods', () => {
  it('react to ^C at once', async () => {
    const { session } = await shell();
    session.type('yes\r');
    await session.until(() => session.received > 2_000_000);
    session.type('\x03');
    await session.until(() => session.text.endsWith(PROMPT));
  });

  it('wait for a client that stalls, within its window, and continue when it reads again', async () => {
    const { session } = await shell();
    const before = memory();
    session.stalled = true;
    session.type('yes | head -c 30000000; echo the-end\r');
    await session.until(() => session.received > TERMINAL_WINDOW_BYTES / 2);
    expect(await settled(() => session.received)).toBeLessThanOrEqual(TERMINAL_WINDOW_BYTES + 200);
    expect(memory() - before).toBeLessThan(40 * 1024 * 1024);
    session.stalled = false;
    session.send({ type: 'ack', seq: session.seq });
    await session.sees('\r\nthe-end\r\n', 60_000);
    expect(session.received).toBeGreaterThan(45_000_000);
    expect(session.frames.some((frame) => frame.type === 'attached' && frame.gap)).toBe(false);
  });

  it('do not let a slow client slow down a fast one: the slow one gets a gap', async () => {
    const { id, session } = await shell();
    const slow = await TerminalSession.attached(agent, id);
    slow.stalled = true;
    session.type('yes | head -c 20000000; echo the-end\r');
    await session.sees('\r\nthe-end\r\n', 60_000);
    slow.stalled = false;
    slow.send({ type: 'ack', seq: slow.seq });
    await slow.sees('\r\nthe-end\r\n', 60_000);
    expect(slow.last('attached')).toMatchObject({ gap: true });
    expect(slow.received).toBeLessThan(TERMINAL_REPLAY_BYTES + 2 * TERMINAL_WINDOW_BYTES);
    slow.socket.terminate();
  });

  it('continue without clients, and the latest output is kept', async () => {
    const { id, session } = await shell();
    session.type('yes | head -c 12000000; echo the-end; touch ~/flooded\r');
    await session.leave();
    await vi.waitFor(() => expect(existsSync(`${agent.home}/flooded`)).toBe(true), { timeout: 60_000 });
    const back = await TerminalSession.attached(agent, id, session.seq);
    await back.sees('\r\nthe-end\r\n', 60_000);
    expect(back.last('attached')).toMatchObject({ gap: true });
    expect(back.received).toBeLessThanOrEqual(TERMINAL_REPLAY_BYTES + PTY_BYTES);
    back.socket.terminate();
  });

  it('of keys for a program that does not read are held back, and not buffered without limit', async () => {
    const { id, session } = await shell();
    session.type("stty raw -echo; sleep 3; stty sane; echo a''wake\r");
    await session.until(() => session.last('foreground')?.name === 'sleep');
    const before = memory();
    const keys = Buffer.alloc(64 * 1024, 'x');
    for (let i = 0; i < 1000; i += 1) session.type(keys);
    await settled(() => session.socket.bufferedAmount);
    expect(memory() - before).toBeLessThan(30 * 1024 * 1024);
    expect(session.socket.bufferedAmount).toBeGreaterThan(10 * 1024 * 1024);
    session.socket.terminate();
    const back = await TerminalSession.attached(agent, id);
    await back.sees('awake', 15_000);
    back.socket.terminate();
  });
});

describe('run', () => {
  it('types only at an idle and empty prompt', async () => {
    const { session } = await shell();
    expect(await session.run('echo one-$((1+1))')).toBe('typed');
    await session.sees('one-2\r\n');
    await session.until(() => session.text.endsWith(PROMPT));
    expect(await session.run('sleep 1')).toBe('typed');
    expect(await session.run('echo no')).toBe('busy');
    await session.until(() => session.last('foreground')?.name === 'sleep');
    await session.until(() => session.text.endsWith(PROMPT));
    await session.until(() => session.last('foreground')?.name === '');
    session.type('echo begun');
    await session.sees('$ echo begun');
    expect(await session.run('echo no')).toBe('not-empty');
    expect(await session.run('echo forced', true)).toBe('typed');
    await session.sees('\r\nforced\r\n');
    expect(session.text).not.toContain('\r\nno\r\n');
    expect(session.text).not.toContain('\r\nbegun');
  });

  it('waits for the first prompt of a new shell', async () => {
    count += 1;
    const session = await TerminalSession.open(agent, `t${count}`);
    open.push({ id: `t${count}`, session });
    session.send({ type: 'attach', after: null, cols: 80, rows: 24 });
    expect(await session.run('echo early')).toBe('typed');
    await session.sees('\r\nearly\r\n');
    expect(session.text.indexOf('echo early')).toBeGreaterThan(session.text.indexOf(PROMPT));
  });

  it('ignores keys that a program has read, and counts keys typed ahead as text', async () => {
    const { session } = await shell();
    expect(await session.run("bash -c 'read -rsn1'")).toBe('typed');
    await session.until(() => session.last('foreground')?.name === 'bash');
    session.type('q');
    await session.until(() => session.last('foreground')?.name === '');
    expect(await session.run('sleep 1')).toBe('typed');
    session.type('ahead');
    await session.until(() => session.text.endsWith(`${PROMPT}ahead`));
    expect(await session.run('echo no')).toBe('not-empty');
  });

  it('runs several lines as one command', async () => {
    const { session } = await shell();
    expect(await session.run('for i in 1 2\ndo\n  echo "n=$i"\ndone\n')).toBe('typed');
    await session.sees('n=1\r\nn=2\r\n');
  });
});

describe('bad input', () => {
  it.each([
    ['off the schema', '{"type":"resize","cols":1,"rows":1}', 1008],
    ['no JSON', 'nonsense', 1008],
    ['too large', 'x'.repeat(300_000), 1009],
  ])('%s closes the socket with its code, and the shell keeps running', async (_what, frame, code) => {
    const { id, session } = await shell();
    session.socket.send(frame);
    await session.until(() => session.closed !== null);
    expect(session.closed?.code).toBe(code);
    if (code === 1008) expect(session.last('error')?.error.code).toBe('agent.off-schema');
    const back = await TerminalSession.attached(agent, id, session.seq);
    back.type('echo alive\r');
    await back.sees('\r\nalive\r\n');
    back.socket.terminate();
  });

  it('is refused before the attachment', async () => {
    const session = await TerminalSession.open(agent, 'early');
    session.type('x');
    await session.until(() => session.closed !== null);
    expect(session.last('error')?.error.code).toBe('terminal.not-attached');
  });
});
