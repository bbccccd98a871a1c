import type { LabStatus } from '../../../../contract/lab.ts';
import type { WorkshopAction } from '../../../../contract/workshop.ts';
import type { WorkspaceServerFrame } from '../../../../contract/workspace.ts';
import type { LabAgent } from '../../../../server/labs/agents/definitions.ts';
import { labAway } from '../../../../server/labs/service/lab-errors.ts';
import type { Follower, LabAction, Workbench } from '../../../../server/workbench/definitions.ts';

/** A workbench that records its calls. */
export class FakeWorkbench implements Workbench {
  readonly asked: string[] = [];
  agentInUse: LabAgent | null = null;
  tell: ((frame: WorkspaceServerFrame) => void) | null = null;

  setup() {
    return { steps: [{ id: 'engine', title: 'Moteur Docker', state: 'running' as const, blocksLab: true }] };
  }

  lab(): LabStatus {
    return { lab: 'solo', state: 'starting', isolation: 'userns', steps: [] };
  }

  progress() {
    return { achievements: [] };
  }

  changeLab(action: LabAction): void {
    this.asked.push(`changeLab ${action}`);
  }

  changeWorkshop(action: WorkshopAction): void {
    this.asked.push(`changeWorkshop ${action}`);
  }

  async agent(): Promise<LabAgent> {
    this.asked.push('agent');
    if (this.agentInUse === null) throw labAway('solo', 'starting');
    return this.agentInUse;
  }

  follow(tell: (frame: WorkspaceServerFrame) => void): Follower {
    this.asked.push('follow');
    this.tell = tell;
    tell({ type: 'setup', setup: this.setup() });
    return {
      watch: (task) => void this.asked.push(`watch ${task}`),
      check: (task) => void this.asked.push(`check ${task}`),
      trial: (criterion) => void this.asked.push(`trial ${criterion}`),
      end: () => void this.asked.push('end'),
    };
  }
}
