import type { LabStatus } from '../../contract/lab.ts';
import type { Progress } from '../../contract/progress.ts';
import type { SetupStatus, WorkspaceServerFrame } from '../../contract/workspace.ts';
import type { LabAgent } from '../labs/agents/definitions.ts';

export type LabAction = 'start' | 'stop' | 'reset' | 'start-engine';

/** How one open page is told. */
export type Tell = (frame: WorkspaceServerFrame) => void;

/** What one open page asks; `end` when it goes. */
export interface Follower {
  watch(task: string): void;
  check(task: string): void;
  trial(criterion: string): void;
  end(): void;
}

/** The lab of this machine's learner, as the gateway needs it. */
export interface Workbench {
  setup(): SetupStatus;
  lab(): LabStatus;
  /** What was met in the lab so far. */
  progress(): Progress;
  /** Begins the action and returns; what becomes of it is told to the followers. */
  changeLab(action: LabAction): void;
  /** Throws `EscaleError` `lab.away` while the lab is not ready. */
  agent(): Promise<LabAgent>;
  /** Tells the state as it is now, then each change. */
  follow(tell: Tell): Follower;
}
