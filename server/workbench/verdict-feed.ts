import type { WorkspaceServerFrame } from '../../contract/workspace.ts';
import type { Follower } from './definitions.ts';

/** Verdicts of the task that one page looks at, told as they change. */
export type OpenVerdicts = (tell: (frame: WorkspaceServerFrame) => void) => Follower;
