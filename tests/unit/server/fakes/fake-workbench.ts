import type { LabArchives, LabStatus } from '../../../../contract/lab.ts';
import type { MapLogs } from '../../../../contract/stack-map.ts';
import type { WorkshopAction } from '../../../../contract/workshop.ts';
import type { LabAction, WorkspaceServerFrame } from '../../../../contract/workspace.ts';
import type { LabAgent } from '../../../../server/labs/agents/definitions.ts';
import { labAway } from '../../../../server/labs/service/lab-errors.ts';
import type { Follower, Workbench } from '../../../../server/workbench/definitions.ts';

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
    this.asked.push(`changeLab ${Object.values(action).join(' ')}`);
  }

  async archives(): Promise<LabArchives> {
    return { folder: '/archives', archives: [] };
  }

  changeWorkshop(action: WorkshopAction): void {
    this.asked.push(`changeWorkshop ${action}`);
  }

  async mapLogs(service: string): Promise<MapLogs> {
    return { service, container: `etl-${service}-1`, text: 'prêt' };
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
      map: (shown) => void this.asked.push(`map ${shown}`),
      end: () => void this.asked.push('end'),
    };
  }
}
