import { SOURCE_ORIGIN, type SourceState, type SourceUser, scenarioPath } from '../../contract/source.ts';
import { LabUnavailable } from '../lab-engine/lab-unavailable.ts';
import { sandboxName } from '../lab-engine/trial-names.ts';
import type { LabAgent } from '../labs/agents/definitions.ts';
import type { SourceControl } from '../labs/source/source-control.ts';
import type { TrialEnvironment, TrialSource } from './definitions.ts';

const STEP_MS = 60_000;

/** What trials use of a lab: its temporary folder and its data source. */
export class LabTrialEnvironment implements TrialEnvironment {
  readonly source: TrialSource;
  readonly #agent: LabAgent;
  readonly #control: SourceControl;

  constructor(agent: LabAgent, control: SourceControl) {
    this.#agent = agent;
    this.#control = control;
    this.source = new LabSource(control);
  }

  folder(trial: string): string {
    return `/tmp/${sandboxName(trial)}`;
  }

  /** By what stands on their command lines; the brackets keep this command's own out of it. */
  async stop(trial: string): Promise<void> {
    const pattern = sandboxName(trial).replace(/^./, '[$&]');
    await this.#asRoot(['sh', '-c', 'pkill -KILL -f -- "$0"; true', pattern]);
  }

  async clear(trial: string): Promise<void> {
    await this.#asRoot(['rm', '-rf', '--one-file-system', '--', this.folder(trial)]);
    await this.#control.removeScenarios(trial);
  }

  /** As root: containers write into the trial's folder under their own accounts. */
  async #asRoot(argv: string[]): Promise<void> {
    try {
      await this.#agent.exec({ argv, user: 'root', cwd: '/', env: {}, timeoutMs: STEP_MS });
    } catch (cause) {
      throw new LabUnavailable('lab', { cause });
    }
  }
}

class LabSource implements TrialSource {
  readonly #control: SourceControl;

  constructor(control: SourceControl) {
    this.#control = control;
  }

  url(name: string): string {
    return `${SOURCE_ORIGIN}${scenarioPath(name)}`;
  }

  async set(name: string, state: Partial<SourceState>): Promise<void> {
    await this.#control.setScenario(name, state);
  }

  async requests(name: string): Promise<number> {
    return (await this.#control.scenario(name)).requests;
  }

  users(): Promise<readonly SourceUser[]> {
    return this.#control.users();
  }
}
