import { spawn } from 'node:child_process';
import { get } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { AgentHealth } from '../../contract/agent.ts';
import type { AgentConfig } from '../config.ts';
import { errors } from '../errors.ts';

const AGENT_VERSION = '0.1.0';
/** Maximum time for an answer of an engine that is known to run. */
const ASK_MS = 1000;
/** The same while it has not answered yet: whoever asks for the agent's health does not wait for the engine's start. */
const FIRST_ASK_MS = 50;
const ACTION_MS = 45_000;
const POLL_MS = 100;
const ANSWER_BYTES = 64 * 1024;
const DETAIL_BYTES = 500;

const versionSchema = z.object({ Version: z.string().max(60) });

type EngineHealth = AgentHealth['engine'];

/** The lab's engine. Its socket accepts clients from the beginning of its start, and answers them at its end. */
export class Engine {
  readonly #config: AgentConfig;
  #ran = false;

  constructor(config: AgentConfig) {
    this.#config = config;
  }

  async health(): Promise<AgentHealth> {
    return this.#health(this.#ran ? ASK_MS : FIRST_ASK_MS);
  }

  /** Starts, stops or restarts it. Resolves once the engine answers, or, after a stop, no longer answers. */
  async act(action: 'start' | 'stop' | 'restart'): Promise<AgentHealth> {
    const [file = '', ...args] = [...this.#config.engineCommand, action];
    const outcome = await runService(file, args);
    const wanted = action === 'stop' ? 'stopped' : 'running';
    const deadline = Date.now() + ACTION_MS;
    while (Date.now() < deadline) {
      const health = await this.#health(outcome.code === 0 ? ASK_MS : FIRST_ASK_MS);
      if (health.engine.state === wanted) return health;
      if (outcome.code !== 0) break;
      await wait(POLL_MS);
    }
    throw errors.engineAction(action, outcome.said);
  }

  async #health(withinMs: number): Promise<AgentHealth> {
    const engine = await askVersion(this.#config.dockerSocket, withinMs);
    this.#ran = engine.state === 'running';
    return { agent: AGENT_VERSION, engine };
  }
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

function askVersion(socketPath: string, withinMs: number): Promise<EngineHealth> {
  return new Promise((resolve) => {
    const request = get({ socketPath, path: '/version', agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
        if (text.length > ANSWER_BYTES) request.destroy();
      });
      response.on('end', () => resolve(parseVersion(text)));
      response.on('close', () => resolve({ state: 'stopped' }));
    });
    const timer = setTimeout(() => {
      resolve({ state: 'starting' });
      request.destroy();
    }, withinMs);
    request.on('error', () => resolve({ state: 'stopped' }));
    request.on('close', () => clearTimeout(timer));
  });
}

function parseVersion(text: string): EngineHealth {
  try {
    return { state: 'running', version: versionSchema.parse(JSON.parse(text)).Version };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return { state: 'stopped' };
    throw error;
  }
}
