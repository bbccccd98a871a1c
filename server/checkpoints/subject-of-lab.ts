import Docker from 'dockerode';
import type { FileEntry } from '../../contract/files.ts';
import { EscaleError } from '../errors/escale-error.ts';
import { DockerEngine } from '../lab-engine/docker-engine.ts';
import { LabUnavailable } from '../lab-engine/lab-unavailable.ts';
import type { LabAgent } from '../labs/agents/definitions.ts';
import type { SourceControl } from '../labs/source/source-control.ts';
import type { ProjectFiles, Subject, ToolOptions, ToolResult } from './definitions.ts';
import { LabTrialEnvironment } from './lab-trial-environment.ts';
import { AgentDialer } from './network/agent-dialer.ts';
import { stackNetwork } from './network/stack-network.ts';
import { NotRead } from './reading.ts';

const TERMINALS_MS = 10_000;
/** The folder of each shell that has a terminal. In a process's `stat`, the second field is its name and the seventh its terminal. */
const TERMINALS = `
for process in /proc/[0-9]*; do
  read -r _ name _ _ _ _ terminal _ < "$process/stat" || continue
  [ "$name" = "(bash)" ] && [ "$terminal" != 0 ] && readlink "$process/cwd"
done 2>/dev/null; true`;

/** A lab as a subject: reached through its agent, and through the control of its data source. */
export function subjectOfLab(agent: LabAgent, source: SourceControl): Subject {
  const engine = new DockerEngine(new Docker(agent.dockerOptions));
  const network = stackNetwork(new AgentDialer(agent));
  const environment = new LabTrialEnvironment(agent, source);
  const bound = (signal?: AbortSignal): Subject => ({
    engine: signal ? engine.within(signal) : engine,
    network,
    project: new LabProject(agent, signal),
    environment,
    now: Date.now,
    within: bound,
  });
  return bound();
}

class LabProject implements ProjectFiles {
  readonly #agent: LabAgent;
  readonly #signal: AbortSignal | undefined;

  constructor(agent: LabAgent, signal: AbortSignal | undefined) {
    this.#agent = agent;
    this.#signal = signal;
  }

  async read(path: string): Promise<string | null> {
    return orNull(async () => (await this.#agent.readFile(path, this.#signal)).text);
  }

  async entries(): Promise<readonly FileEntry[]> {
    return (await orNull(() => this.#agent.tree(this.#signal)))?.entries ?? [];
  }

  async run(argv: readonly string[], { timeoutMs, stdin, env = {} }: ToolOptions): Promise<ToolResult> {
    const start = { argv: [...argv], user: 'dataeng' as const, cwd: '.', env, timeoutMs };
    try {
      return await this.#agent.exec(start, { ...(stdin === undefined ? {} : { stdin }), ...(this.#signal && { signal: this.#signal }) });
    } catch (cause) {
      if (cause instanceof EscaleError && cause.code === 'exec.no-folder')
        throw new NotRead('absent', 'project', await this.#whereTerminalsAre());
      throw new LabUnavailable('lab', { cause });
    }
  }

  async terminals(): Promise<readonly string[]> {
    const start = { argv: ['sh', '-c', TERMINALS], user: 'dataeng' as const, cwd: '/', env: {}, timeoutMs: TERMINALS_MS };
    try {
      const { stdout } = await this.#agent.exec(start, this.#signal && { signal: this.#signal });
      return [...new Set(stdout.split('\n').filter((path) => path.startsWith('/')))].sort();
    } catch (cause) {
      throw new LabUnavailable('lab', { cause });
    }
  }

  async #whereTerminalsAre(): Promise<string> {
    const [first] = await this.terminals();
    return first === undefined ? '' : `votre terminal est dans \`${first}\``;
  }
}

/** Null if the agent says that it does not exist or cannot be read. Throws if the lab does not answer: the learner is not to blame. */
async function orNull<T>(read: () => Promise<T | null>): Promise<T | null> {
  try {
    return await read();
  } catch (cause) {
    if (cause instanceof EscaleError && ['not-found', 'usage', 'conflict'].includes(cause.kind)) return null;
    throw new LabUnavailable('lab', { cause });
  }
}
