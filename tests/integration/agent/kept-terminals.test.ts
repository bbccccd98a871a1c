import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningAgent, startAgent } from './start-agent.ts';
import { TerminalSession } from './terminal-session.ts';

const PROFILE = "PS1='ready:\\w\\$ '\nHISTFILE=~/.bash_history\n";
const STOPPED = 'Le labo s’est arrêté ici.';

let agent: RunningAgent;

beforeEach(async () => {
  agent = await startAgent();
  await writeFile(`${agent.home}/.bash_profile`, PROFILE);
});
afterEach(() => agent.stop());

/** Ends the agent as a stop of the lab does, and starts the next one on the same home. */
async function restart(between: () => Promise<unknown> = async () => undefined): Promise<void> {
  const { home } = agent;
  agent.process.kill('SIGTERM');
  await once(agent.process, 'exit');
  await between();
  agent = await startAgent({}, home);
}

describe('the terminals of a lab that stops', () => {
  it('come back with their text, in their folder, and with their history', async () => {
    await mkdir(`${agent.project}/src`);
    const session = await TerminalSession.attached(agent, '1');
    session.type('cd src; echo "one $((40 + 2))"\r');
    await session.sees('one 42');
    await restart();
    const again = await TerminalSession.attached(agent, '1');
    await again.sees('one 42');
    await again.sees(STOPPED);
    await again.sees('ready:~/docker-etl-project/src$ ');
    expect(await readFile(`${agent.home}/.bash_history`, 'utf8')).toContain('echo "one');
  });

  it('come back plain, whatever mode the last program left them in', async () => {
    const session = await TerminalSession.attached(agent, '1');
    session.type(`printf '\\033[?1049h\\033[31mred' && sleep 60\r`);
    await session.sees('red');
    await restart();
    const again = await TerminalSession.attached(agent, '1');
    await again.sees(STOPPED);
    const output = again.output.toString('utf8');
    expect(output.indexOf('\x1b[?1047l\x1b[0m')).toBeGreaterThan(output.indexOf('\x1b[31mred'));
  });

  it('continue in the project where their folder is gone', async () => {
    await mkdir(`${agent.project}/away`);
    const session = await TerminalSession.attached(agent, '1');
    session.type('cd away; echo there\r');
    await session.sees('away$');
    await restart(() => rm(`${agent.project}/away`, { recursive: true }));
    await (await TerminalSession.attached(agent, '1')).sees('ready:~/docker-etl-project$ ');
  });

  it('are kept through two stops, opened in between or not', async () => {
    for (const [id, word] of [
      ['1', 'first'],
      ['2', 'second'],
    ] as const) {
      const session = await TerminalSession.attached(agent, id);
      session.type(`echo my ${word}\r`);
      await session.sees(`\nmy ${word}`);
    }
    await restart();
    await (await TerminalSession.attached(agent, '1')).sees(STOPPED);
    await restart();
    const [first, second] = [await TerminalSession.attached(agent, '1'), await TerminalSession.attached(agent, '2')];
    await first.sees('my first');
    await second.sees('my second');
  });

  it('are forgotten when what was kept cannot be read', async () => {
    const kept = `${agent.home}/kept/terminals.json`;
    const session = await TerminalSession.attached(agent, '1');
    session.type('echo lost\r');
    await session.sees('\nlost');
    await restart(() => writeFile(kept, '[{"id": "1", "folder": 3}]'));
    const again = await TerminalSession.attached(agent, '1');
    await again.sees('ready:~/docker-etl-project$ ');
    expect(again.output.toString('utf8')).not.toContain('lost');
    expect(existsSync(kept)).toBe(false);
  });
});
