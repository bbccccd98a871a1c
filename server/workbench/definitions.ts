import type { LabArchives, LabStatus } from '../../contract/lab.ts';
import type { Progress } from '../../contract/progress.ts';
import type { MapLogs } from '../../contract/stack-map.ts';
import type { WorkshopAction } from '../../contract/workshop.ts';
import type { LabAction, WorkspaceServerFrame } from '../../contract/workspace.ts';
import type { LabAgent } from '../labs/agents/definitions.ts';
import type { Learner } from '../learner.ts';

/** Sends a frame to one open page. */
export type Tell = (frame: WorkspaceServerFrame) => void;

/** The requests of one open page; `end` when it disconnects. */
export interface Follower {
  watch(task: string): void;
  check(task: string): void;
  trial(criterion: string): void;
  /** Whether the page shows the map. */
  map(shown: boolean): void;
  end(): void;
}

/** The lab of this machine's learner, as the gateway needs it. */
export interface Workbench {
  lab(): LabStatus;
  /** The criteria met in the lab so far. */
  progress(): Progress;
  /** Starts the action and returns. The followers are told the result. */
  changeLab(action: LabAction): void;
  /** The projects that were archived before they were replaced. */
  archives(): Promise<LabArchives>;
  /** The same for the lab's workshop. */
  changeWorkshop(action: WorkshopAction): void;
  /** The last lines of a service of the map. */
  mapLogs(service: string): Promise<MapLogs>;
  /** Throws `EscaleError` `lab.away` while the lab is not ready. */
  agent(): Promise<LabAgent>;
  /** Sends the current state, then each change. */
  follow(tell: Tell): Follower;
}

/** The workbench of whoever asks. */
export type WorkbenchOf = (learner: Learner) => Workbench;
