import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { createLabAgent } from '../../../server/labs/agents/http-lab-agent.ts';

export const UID = 1000;

/** An agent in its own process, with its own home. */
export interface RunningAgent {
  readonly url: string;
  readonly token: string;
  readonly home: string;
  readonly project: string;
  readonly client: ReturnType<typeof createLabAgent>;
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

/** `home`: of an agent that ended before; a new one otherwise. */
export async function startAgent(environment: Record<string, string> = {}, home?: string): Promise<RunningAgent> {
  return await start(home ?? (await newHome()), environment);
}

async function newHome(): Promise<string> {
  const home = await mkdtemp(`${tmpdir()}/escale-agent-`);
  const project = `${home}/docker-etl-project`;
  await mkdir(project);
  for (const folder of [home, project]) await chown(folder, UID, UID);
  return home;
}

async function start(home: string, environment: Record<string, string>): Promise<RunningAgent> {
  const project = `${home}/docker-etl-project`;
  const token = randomBytes(24).toString('hex');
  const env = {
    PATH: process.env.PATH ?? '',
    ESCALE_AGENT_TOKEN: token,
    ESCALE_AGENT_PORT: '0',
    ESCALE_AGENT_HOST: '127.0.0.1',
    ESCALE_HOME: home,
    ESCALE_PROJECT: project,
    ESCALE_ENGINE_COMMAND: 'false',
    ESCALE_KEPT_TERMINALS: `${home}/kept/terminals.json`,
    ...environment,
  };
  const agent = spawn(process.execPath, ['agent/main.ts'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const port = await readyPort(agent);
  const url = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    if (agent.exitCode === null && agent.signalCode === null) {
      agent.kill('SIGTERM');
      await once(agent, 'exit');
    }
    await rm(home, { recursive: true, force: true });
  };
  return { url, token, home, project, client: createLabAgent({ url, token }), process: agent, stop };
}

async function readyPort(agent: ChildProcess): Promise<number> {
  if (agent.stderr === null) throw new Error('no standard error');
  const said: string[] = [];
  for await (const line of createInterface({ input: agent.stderr })) {
    said.push(line);
    const port = /"event":"ready","port":(\d+)/.exec(line)?.[1];
    if (port !== undefined) {
      agent.stderr.resume();
      return Number(port);
    }
  }
  throw new Error(`The agent did not start:\n${said.join('\n')}`);
}
