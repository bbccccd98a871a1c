import { spawn } from 'node:child_process';
import { get } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { AgentHealth } from '../../contract/agent.ts';
import type { AgentConfig } from '../config.ts';
import { errors } from '../errors.ts';

const AGENT_VERSION = '0.1.0';
const ASK_MS = 1000;
const ACTION_MS = 45_000;
const POLL_MS = 100;
const ANSWER_BYTES = 64 * 1024;
const DETAIL_BYTES = 500;

const versionSchema = z.object({ Version: z.string().max(60) });

/** Reads the version of the lab's engine; waits at most one second. */
export async function readHealth(config: AgentConfig): Promise<AgentHealth> {
  const version = await engineVersion(config.dockerSocket);
  return { agent: AGENT_VERSION, engine: version === null ? { running: false } : { running: true, version } };
}

/** Starts, stops or restarts the lab's engine. Resolves once the engine answers, or, after a stop, no longer answers. */
export async function actOnEngine(config: AgentConfig, action: 'start' | 'stop' | 'restart'): Promise<AgentHealth> {
  const deadline = Date.now() + ACTION_MS;
  const [file = '', ...args] = [...config.engineCommand, action];
  const outcome = await runService(file, args);
  while (Date.now() < deadline) {
    const health = await readHealth(config);
    if (health.engine.running === (action !== 'stop')) return health;
    if (outcome.code !== 0) break;
    await wait(POLL_MS);
  }
  throw errors.engineAction(action, outcome.said);
}

function runService(file: string, args: string[]): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    const service = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: ACTION_MS, killSignal: 'SIGKILL', cwd: '/' });
    let said = '';
    const hear = (chunk: Buffer): void => {
      said = (said + chunk.toString('utf8')).slice(-DETAIL_BYTES);
    };
    service.stdout.on('data', hear);
    service.stderr.on('data', hear);
    service.once('error', (error) => resolve({ code: 127, said: error.message }));
    // Wait for `exit`, not `close`: the engine inherits the pipes and may keep them open.
    service.once('exit', (code) => resolve({ code: code ?? 1, said }));
  });
}

function engineVersion(socketPath: string): Promise<string | null> {
  return new Promise((resolve) => {
    const request = get({ socketPath, path: '/version', timeout: ASK_MS, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
        if (text.length > ANSWER_BYTES) request.destroy();
      });
      response.on('end', () => resolve(parseVersion(text)));
      response.on('close', () => resolve(null));
    });
    const timer = setTimeout(() => request.destroy(), ASK_MS);
    request.on('error', () => resolve(null));
    request.on('close', () => clearTimeout(timer));
  });
}

function parseVersion(text: string): string | null {
  try {
    return versionSchema.parse(JSON.parse(text)).Version;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}
