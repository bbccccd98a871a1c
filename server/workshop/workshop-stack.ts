import { setTimeout as sleep } from 'node:timers/promises';
import type { ProjectFiles, Subject, ToolOptions, ToolResult } from '../checkpoints/definitions.ts';
import type { ContainerFacts } from '../lab-engine/definitions.ts';
import { LabUnavailable } from '../lab-engine/lab-unavailable.ts';
import { PROJECT_LABEL, WORKSHOP } from '../lab-engine/workshop-project.ts';
import type { LabAgent } from '../labs/agents/definitions.ts';
import { packProject } from '../projects/pack-project.ts';
import type { Project } from '../projects/project.ts';
import { FolderFiles } from './folder-files.ts';
import { ADDED_LABEL } from './workshop-names.ts';

const QUICK_MS = 60_000;
const UP_MS = 8 * 60_000;
/** Maximum time for the ETL to end after the stack is up. */
const ETL_MS = 4 * 60_000;
/** Maximum time of a removal after an abort. */
const LASTING_MS = 3 * 60_000;
const POLL_MS = 500;
const LOG_BYTES = 64 * 1024;
const LABEL = `${PROJECT_LABEL}=${WORKSHOP}`;

/** Removes every object of the Compose project and what was added beside it. Its arguments are the two labels. */
const REMOVE = `
for label in "$@"; do
  docker ps -aq --filter "label=$label" | xargs -r docker rm -fv
  docker network ls -q --filter "label=$label" | xargs -r docker network rm
  docker volume ls -q --filter "label=$label" | xargs -r docker volume rm -f
  docker image ls -q --filter "label=$label" | sort -u | xargs -r docker image rm -f
done >/dev/null`;
const LIST = `
[ ! -e "$HOME/${WORKSHOP}" ] || echo "$HOME/${WORKSHOP}"
docker ps -a --filter "label=$0" --format '{{.Names}}'
docker volume ls -q --filter "label=$0"`;

/** The copy in the lab: its folder, and its Compose project. */
export class WorkshopStack {
  readonly #agent: LabAgent;
  readonly #lasting: Subject;
  readonly #subject: Subject;
  readonly #signal: AbortSignal;

  constructor(agent: LabAgent, subject: Subject, signal: AbortSignal) {
    this.#agent = agent;
    this.#signal = signal;
    this.#lasting = subject;
    this.#subject = subject.within(signal);
  }

  /** The same, not aborted by the signal, for removals that must happen anyway. */
  lasting(): WorkshopStack {
    return new WorkshopStack(this.#agent, this.#lasting, AbortSignal.timeout(LASTING_MS));
  }

  /** For readers: the copy in place of the learner's project. */
  subject(): Subject {
    return { ...this.#subject, project: this.files() };
  }

  files(): ProjectFiles {
    return new FolderFiles((argv, options) => this.run(argv, options));
  }

  /** What of this name there is already: the folder, containers, volumes. */
  async present(): Promise<string[]> {
    const { stdout } = await this.#script(LIST, [LABEL], 'dataeng', '.');
    return stdout.split('\n').filter((line) => line !== '');
  }

  async exists(): Promise<boolean> {
    return (await this.#script('test -d "$0"', [WORKSHOP], 'root', '/home/dataeng')).code === 0;
  }

  async put(project: Project): Promise<void> {
    await this.#agent.putTree(packProject(project), WORKSHOP);
  }

  /** Writes a file; an existing one keeps its mode, unless one is given. */
  async write(path: string, text: string, mode?: number): Promise<void> {
    const chmod = mode === undefined ? '' : ` && chmod ${mode.toString(8)} -- "$0"`;
    const written = await this.run(['sh', '-c', `cat > "$0"${chmod}`, path], { timeoutMs: QUICK_MS, stdin: text });
    if (written.code !== 0) throw new LabUnavailable('lab', { cause: new Error(written.stderr) });
  }

  /** When a file was last written. Null if there is none. */
  async modifiedMs(path: string): Promise<number | null> {
    const { code, stdout } = await this.run(['stat', '--format', '%Y', '--', path], { timeoutMs: QUICK_MS });
    return code === 0 ? Number(stdout.trim()) * 1000 : null;
  }

  /** Runs a program as the learner, in the copy's folder. */
  async run(argv: readonly string[], { timeoutMs, stdin, env = {} }: ToolOptions): Promise<ToolResult> {
    const start = { argv: [...argv], user: 'dataeng' as const, cwd: `/home/dataeng/${WORKSHOP}`, env, timeoutMs };
    try {
      return await this.#agent.exec(start, { ...(stdin === undefined ? {} : { stdin }), signal: this.#signal });
    } catch (cause) {
      throw new LabUnavailable('lab', { cause });
    }
  }

  /** Whatever name the file gives itself, the Compose project is the workshop's. */
  compose(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<ToolResult> {
    return this.run(['docker', 'compose', '--project-name', WORKSHOP, '--progress', 'plain', ...args], { timeoutMs: UP_MS, env });
  }

  /** Takes the stack down and starts it anew, volumes kept. */
  async restart(env: Readonly<Record<string, string>> = {}): Promise<ToolResult> {
    await this.compose(['down', '--timeout', '5', '--remove-orphans']);
    return this.compose(['up', '-d', '--build', '--quiet-pull'], env);
  }

  /** The newest container of a service. */
  async container(service: string): Promise<ContainerFacts | null> {
    const all = await this.#subject.engine.containers();
    const own = all.filter(
      ({ labels }) =>
        labels[PROJECT_LABEL] === WORKSHOP &&
        labels['com.docker.compose.service'] === service &&
        labels['com.docker.compose.oneoff'] !== 'True',
    );
    return own[0] ?? null;
  }

  /** The service's container once it has ended, or as it is after a while. */
  async ended(service: string): Promise<ContainerFacts | null> {
    const until = performance.now() + ETL_MS;
    for (;;) {
      const container = await this.container(service);
      if (container === null || container.state === 'exited' || container.state === 'dead' || performance.now() > until) return container;
      if (container.state === 'created' && container.startedMs === 0) return container;
      await sleep(POLL_MS, undefined, { signal: this.#signal });
    }
  }

  log(container: ContainerFacts): Promise<string> {
    return this.#subject.engine.logs(container.id, { maxBytes: LOG_BYTES });
  }

  /** Removes the copy, whoever owns its files, and everything on the engine that carries its labels. */
  async remove(): Promise<void> {
    const emptied = await this.#script(`set -eu${REMOVE}`, [LABEL, ADDED_LABEL], 'dataeng', '/', 'sh');
    if (emptied.code !== 0) throw new LabUnavailable('engine', { cause: new Error(emptied.stderr) });
    await this.#script('rm -rf --one-file-system -- "/home/dataeng/$0"', [WORKSHOP], 'root', '/');
  }

  async #script(script: string, args: readonly string[], user: 'dataeng' | 'root', cwd: string, name?: string): Promise<ToolResult> {
    const argv = ['sh', '-c', script, ...(name === undefined ? [] : [name]), ...args];
    try {
      return await this.#agent.exec({ argv, user, cwd, env: {}, timeoutMs: QUICK_MS }, { signal: this.#signal });
    } catch (cause) {
      throw new LabUnavailable('lab', { cause });
    }
  }
}
