import type { FastifyBaseLogger } from 'fastify';
import type { LabArchives, LabStatus } from '../../contract/lab.ts';
import type { Progress } from '../../contract/progress.ts';
import type { MapLogs, StackMap } from '../../contract/stack-map.ts';
import type { WorkshopAction } from '../../contract/workshop.ts';
import type { LabAction, WorkspaceServerFrame } from '../../contract/workspace.ts';
import { asEscaleError } from '../errors/as-escale-error.ts';
import { pause } from '../host/pause.ts';
import type { LabAgent } from '../labs/agents/definitions.ts';
import type { Lab } from '../labs/service/lab.ts';
import type { MapFeed } from '../map/map-feed.ts';
import type { Previews } from '../previews/previews.ts';
import type { SetupBoard } from '../setup/setup-board.ts';
import type { WorkshopService } from '../workshop/workshop-service.ts';
import { BaseFeed } from './base-feed.ts';
import type { Follower, Tell, Workbench } from './definitions.ts';
import { FileFeed } from './file-feed.ts';
import type { VerdictFeed } from './verdict-feed.ts';

const MEASURE_MS = 5000;

export interface SoloOptions {
  readonly lab: Lab;
  readonly board: SetupBoard;
  readonly verdicts: VerdictFeed;
  readonly previews: Previews;
  readonly map: MapFeed;
  readonly workshops: WorkshopService;
  readonly progress: () => Progress;
  readonly archives: () => Promise<LabArchives>;
  readonly log: FastifyBaseLogger;
}

/** The workbench of a machine with one learner: one lab, shown by any number of pages. */
export class SoloWorkbench implements Workbench {
  readonly #options: SoloOptions;
  readonly #pages = new Set<Tell>();
  readonly #files: FileFeed;
  readonly #bases: BaseFeed;
  #watching: AbortController | null = null;

  constructor(options: SoloOptions) {
    this.#options = options;
    this.#files = new FileFeed(options.lab, (paths) => this.#filesChanged(paths), options.log);
    this.#bases = new BaseFeed(options.lab, options.log);
    options.board.on('change', () => this.#tellAll({ type: 'setup', setup: options.board.status() }));
    options.lab.on('change', () => this.#labChanged());
    options.workshops.on('change', () => this.#tellAll(this.#workshopFrame()));
    options.previews.on('change', () => this.#tellAll({ type: 'previews', previews: options.previews.status() }));
  }

  lab(): LabStatus {
    return this.#options.lab.status();
  }

  progress(): Progress {
    return this.#options.progress();
  }

  archives(): Promise<LabArchives> {
    return this.#options.archives();
  }

  mapLogs(service: string): Promise<MapLogs> {
    return this.#options.map.logs(service);
  }

  async agent(): Promise<LabAgent> {
    return this.#options.lab.agent();
  }

  changeLab(action: LabAction): void {
    this.#perform(action).catch((thrown: unknown) => {
      const error = asEscaleError(thrown);
      this.#options.log.warn({ action, err: error }, 'lab action failed');
      this.#tellAll({ type: 'error', ...error.toBody() });
    });
  }

  /** A failed action is part of the workshop's status, which every page is told. */
  changeWorkshop(action: WorkshopAction): void {
    const { lab, workshops, log } = this.#options;
    workshops.act(lab.id, action).catch((error: unknown) => {
      log.debug({ action, err: error }, 'workshop action failed');
      this.#tellAll(this.#workshopFrame());
    });
  }

  follow(tell: Tell): Follower {
    tell({ type: 'setup', setup: this.#options.board.status() });
    tell({ type: 'lab', lab: this.lab() });
    tell({ type: 'previews', previews: this.#options.previews.status() });
    tell(this.#workshopFrame());
    this.#pages.add(tell);
    this.#attend();
    const leave = this.#use();
    const verdicts = this.#options.verdicts.open(tell);
    const { map } = this.#options;
    const tellMap = (drawn: StackMap): void => tell({ type: 'map', map: drawn });
    return {
      watch: (task) => {
        verdicts.watch(task);
        this.#bases.watch(tell, task);
      },
      check: (task) => verdicts.check(task),
      trial: (criterion) => verdicts.trial(criterion),
      map: (shown) => (shown ? map.join(tellMap) : map.leave(tellMap)),
      end: () => {
        map.leave(tellMap);
        verdicts.end();
        this.#bases.leave(tell);
        this.#pages.delete(tell);
        this.#attend();
        leave();
      },
    };
  }

  close(): void {
    this.#pages.clear();
    this.#attend();
  }

  /** An open page keeps the lab awake, and wakes it. */
  #use(): () => void {
    const { lab, log } = this.#options;
    const leave = lab.use();
    lab.wake().catch((error: unknown) => log.debug({ err: error }, 'lab not woken'));
    return leave;
  }

  async #perform(action: LabAction): Promise<void> {
    const { lab } = this.#options;
    if (action.action === 'start') await lab.start();
    else if (action.action === 'stop') await lab.stop({ wanted: 'stopped' });
    else if (action.action === 'reset') await lab.replace({ kind: 'reset' });
    else if (action.action === 'state-before') await lab.replace({ kind: 'state', task: action.task });
    else if (action.action === 'restore') await lab.replace({ kind: 'restore', archive: action.archive });
    else await lab.startEngine();
    await this.#measure();
  }

  /** Measures the lab and watches files only while a page is open. */
  #attend(): void {
    if (this.#pages.size === 0) {
      this.#watching?.abort();
      this.#watching = null;
      this.#files.stop();
    } else if (this.#watching === null) {
      this.#watching = new AbortController();
      this.#files.start();
      void this.#keepMeasuring(this.#watching.signal);
    }
  }

  async #keepMeasuring(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#measure();
      await pause(MEASURE_MS, signal);
    }
  }

  async #measure(): Promise<void> {
    try {
      await this.#options.lab.measure();
    } catch (error) {
      this.#options.log.debug({ err: error }, 'lab not measured');
    }
  }

  #labChanged(): void {
    const { lab, workshops } = this.#options;
    this.#tellAll({ type: 'lab', lab: this.lab() });
    if (lab.status().state === 'ready') void workshops.recover(lab.id);
  }

  #workshopFrame(): WorkspaceServerFrame {
    const { lab, workshops } = this.#options;
    return { type: 'workshop', workshop: workshops.statusNow(lab.id) };
  }

  #filesChanged(paths: readonly string[]): void {
    this.#tellAll({ type: 'files', paths: [...paths] });
    this.#options.verdicts.workChanged();
    this.#bases.projectChanged();
    this.#options.map.projectChanged();
  }

  #tellAll(frame: WorkspaceServerFrame): void {
    for (const tell of this.#pages) tell(frame);
  }
}
