import type { LabStatus } from '../../contract/lab.ts';
import type { Progress } from '../../contract/progress.ts';
import type { WorkspaceServerFrame } from '../../contract/workspace.ts';
import type { LabAgent } from '../agents/definitions.ts';
import type { Learner } from '../learner.ts';

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

/** One learner's lab and progress, as the gateway needs them. */
export interface Workbench {
  lab(): LabStatus;
  /** What the learner has met so far. */
  progress(): Progress;
  /** Begins the action and returns; what becomes of it is told to the followers. */
  act(action: LabAction): void;
  /** Throws `EscaleError` `lab.away` while the lab is not ready. */
  agent(): Promise<LabAgent>;
  /** Tells the state as it is now, then each change. */
  follow(tell: Tell): Follower;
}

/** The workbench of whoever asks. */
export type WorkbenchOf = (learner: Learner) => Workbench;
