import type { LabArchive, LabArchives, LabStatus } from '../../../contract/lab.ts';
import type { Achievement, Progress } from '../../../contract/progress.ts';
import type { MapLogs, StackMap } from '../../../contract/stack-map.ts';
import type { Verdict } from '../../../contract/verdict.ts';
import type { WorkshopAction, WorkshopStatus } from '../../../contract/workshop.ts';
import type { LabAction, Preview, SetupStatus, WorkspaceServerFrame } from '../../../contract/workspace.ts';
import type { LabAgent } from '../../../server/labs/agents/definitions.ts';
import { labAway } from '../../../server/labs/service/lab-errors.ts';
import type { Follower, Workbench } from '../../../server/workbench/definitions.ts';

type Tell = (frame: WorkspaceServerFrame) => void;

/** A workbench whose states a test sets, for states that a test cannot cause in a real lab. */
export class StageWorkbench implements Workbench {
  readonly asked: string[] = [];
  achievements: Achievement[] = [];
  archived: LabArchive[] = [];
  readonly #pages = new Set<Tell>();
  readonly #agent: LabAgent;
  #lab: LabStatus;
  #setup: SetupStatus = { steps: [] };
  #verdicts: readonly Verdict[] | undefined;
  #checking = false;
  #workshop: WorkshopStatus | undefined;
  #map: StackMap | undefined;

  constructor(agent: LabAgent, lab: LabStatus) {
    this.#agent = agent;
    this.#lab = lab;
  }

  setup(): SetupStatus {
    return this.#setup;
  }

  lab(): LabStatus {
    return this.#lab;
  }

  progress(): Progress {
    return { achievements: this.achievements };
  }

  changeLab(action: LabAction): void {
    this.asked.push(Object.values(action).join(' '));
  }

  async archives(): Promise<LabArchives> {
    return { folder: '/var/lib/escale/archives', archives: this.archived };
  }

  changeWorkshop(action: WorkshopAction): void {
    this.asked.push(`workshop ${action}`);
  }

  async mapLogs(service: string): Promise<MapLogs> {
    return { service, container: `etl-${service}-1`, text: 'prêt' };
  }

  async agent(): Promise<LabAgent> {
    if (this.#lab.state !== 'ready') throw labAway('solo', this.#lab.state);
    return this.#agent;
  }

  follow(tell: Tell): Follower {
    this.#pages.add(tell);
    tell({ type: 'setup', setup: this.#setup });
    tell({ type: 'lab', lab: this.#lab });
    if (this.#workshop !== undefined) tell({ type: 'workshop', workshop: this.#workshop });
    return {
      watch: (task) => {
        this.asked.push(`watch ${task}`);
        this.#tellVerdicts(tell);
      },
      check: (task) => void this.asked.push(`check ${task}`),
      trial: (criterion) => void this.asked.push(`trial ${criterion}`),
      map: (shown) => {
        this.asked.push(`map ${shown}`);
        if (shown && this.#map !== undefined) tell({ type: 'map', map: this.#map });
      },
      end: () => void this.#pages.delete(tell),
    };
  }

  setLab(lab: LabStatus): void {
    this.#lab = lab;
    this.#all({ type: 'lab', lab });
  }

  setSetup(setup: SetupStatus): void {
    this.#setup = setup;
    this.#all({ type: 'setup', setup });
  }

  /** Tells the page that these paths changed on disk. */
  tellFiles(paths: string[]): void {
    this.#all({ type: 'files', paths });
  }

  setPreviews(previews: Preview[]): void {
    this.#all({ type: 'previews', previews });
  }

  setMap(map: StackMap): void {
    this.#map = map;
    this.#all({ type: 'map', map });
  }

  setWorkshop(workshop: WorkshopStatus): void {
    this.#workshop = workshop;
    this.#all({ type: 'workshop', workshop });
  }

  /** Tells the page that a request has failed. */
  fail(error: { code: string; message: string; hint: string }): void {
    this.#all({ type: 'error', error });
  }

  /** Tells the page what the lesson builds on and the project lacks. */
  tellBase(base: { task: string; empty: boolean; missing: string[] }): void {
    this.#all({ type: 'base', ...base });
  }

  /** Tells the page what the trial is at; null: it has ended. */
  tellTrial(trial: Extract<WorkspaceServerFrame, { type: 'trial' }>['trial']): void {
    this.#all({ type: 'trial', trial });
  }

  setVerdicts(criteria: readonly Verdict[], checking = false): void {
    this.#verdicts = criteria;
    this.#checking = checking;
    for (const tell of this.#pages) this.#tellVerdicts(tell);
  }

  #tellVerdicts(tell: Tell): void {
    if (this.#verdicts === undefined) return;
    tell({ type: 'verdicts', task: '1.3', checking: this.#checking, at: new Date().toISOString(), criteria: [...this.#verdicts] });
  }

  #all(frame: WorkspaceServerFrame): void {
    for (const tell of this.#pages) tell(frame);
  }
}
