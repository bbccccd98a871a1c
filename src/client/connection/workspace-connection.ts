import { errorBodySchema } from '../../../contract/errors.ts';
import { type LabArchives, type LabStatus, labArchivesSchema } from '../../../contract/lab.ts';
import { type MapLogs, mapLogsSchema } from '../../../contract/stack-map.ts';
import type { WorkshopAction } from '../../../contract/workshop.ts';
import {
  type LabAction,
  type WorkspaceClientFrame,
  type WorkspaceServerFrame,
  workspaceServerFrameSchema,
} from '../../../contract/workspace.ts';
import { type ConnectionState, ReconnectingSocket } from './reconnecting-socket.ts';
import type { Session } from './session.ts';
import type { LabSnapshot, RequestedLook, RunningTrial, SnapshotStore, TaskVerdicts } from './snapshot-store.ts';

type TrialFrame = Extract<WorkspaceServerFrame, { type: 'trial' }>;
type SimpleLabAction = 'start' | 'stop' | 'reset' | 'start-engine';

/** The page's connection to the server. Writes everything it receives into the store. */
export class WorkspaceConnection {
  readonly #store: SnapshotStore;
  readonly #socket: ReconnectingSocket;
  readonly #session: Session;
  #task: string | undefined;
  #mapShown = false;

  constructor(store: SnapshotStore, session: Session) {
    this.#store = store;
    this.#session = session;
    this.#socket = new ReconnectingSocket({
      path: '/ws/workspace',
      session,
      opened: () => {
        this.#watch();
        if (this.#mapShown) this.#send({ type: 'map', shown: true });
      },
      text: (data) => this.#heard(data),
      state: (connection) => this.#connectionChanged(connection),
    });
  }

  start(): void {
    this.#socket.start();
  }

  retry(): void {
    this.#socket.retry();
  }

  /** Sets the task of the open lesson; its verdicts are then sent whenever they change. */
  watch(task: string | undefined): void {
    if (task === this.#task) return;
    this.#task = task;
    this.#watch();
  }

  check(task: string): boolean {
    const sent = this.#send({ type: 'check', task });
    if (sent) this.#store.set({ requested: { task, before: this.#store.now.verdicts.get(task)?.criteria ?? [] } });
    return sent;
  }

  trial(criterion: string): void {
    if (this.#send({ type: 'trial', criterion })) this.#store.set({ trial: { criteria: [criterion], since: Date.now() } });
  }

  /** While the page shows the map, the server sends it whenever it changes. */
  showMap(shown: boolean): void {
    if (shown === this.#mapShown) return;
    this.#mapShown = shown;
    this.#send({ type: 'map', shown });
  }

  /** The last lines that a service of the map wrote. Throws the server's error as text. */
  async mapLogs(service: string): Promise<MapLogs> {
    const token = await this.#session.token();
    const answer = await fetch(`/api/map/logs?service=${encodeURIComponent(service)}`, {
      headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
    });
    const body: unknown = await answer.json();
    if (answer.ok) return mapLogsSchema.parse(body);
    const { error } = errorBodySchema.parse(body);
    throw new Error(`${error.message} ${error.hint}`);
  }

  /** Asks the server to change the lab; the frames about the lab report what becomes of it. */
  async changeLab(asked: LabAction | SimpleLabAction): Promise<void> {
    await this.#post('/api/lab', typeof asked === 'string' ? { action: asked } : asked);
  }

  async #post(path: string, body: object): Promise<void> {
    const token = await this.#session.token();
    const answer = await fetch(path, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`POST ${path} answered ${answer.status}`);
  }

  /** Asks the server to open, judge, restore or close the workshop. */
  async changeWorkshop(action: WorkshopAction): Promise<void> {
    await this.#post('/api/workshop', { action });
  }

  /** The projects that were archived before they were replaced. */
  async archives(): Promise<LabArchives> {
    const token = await this.#session.token();
    const answer = await fetch('/api/lab/archives', { headers: { authorization: `Bearer ${token}`, accept: 'application/json' } });
    if (!answer.ok) throw new Error(`GET /api/lab/archives answered ${answer.status}`);
    return labArchivesSchema.parse(await answer.json());
  }

  #watch(): void {
    if (this.#task !== undefined) this.#send({ type: 'watch', task: this.#task });
  }

  #send(frame: WorkspaceClientFrame): boolean {
    return this.#socket.send(JSON.stringify(frame));
  }

  #connectionChanged(connection: ConnectionState): void {
    this.#store.set(connection.kind === 'down' || connection.kind === 'ended' ? { connection, trial: undefined } : { connection });
  }

  #heard(data: unknown): void {
    const { success, data: frame } = workspaceServerFrameSchema.safeParse(data);
    if (!success) return;
    this.#store.set({ heardAt: Date.now(), known: true, ...changeOf(frame, this.#store.now) });
  }
}

/** The change of the snapshot that a frame from the server causes. */
function changeOf(frame: WorkspaceServerFrame, now: LabSnapshot): Partial<LabSnapshot> {
  switch (frame.type) {
    case 'setup':
      return { setup: frame.setup };
    case 'lab':
      return { lab: frame.lab, startingSince: startingSince(frame.lab, now), problem: undefined };
    case 'verdicts': {
      const { task, checking, at, criteria } = frame;
      const verdicts = new Map(now.verdicts).set(task, { checking, at, criteria });
      return { verdicts, ...(checking ? {} : { requested: answered(now, frame) }) };
    }
    case 'trial':
      return { trial: frame.trial === null ? undefined : runningTrial(frame.trial) };
    case 'base':
      return { base: { task: frame.task, empty: frame.empty, missing: frame.missing } };
    case 'workshop':
      return { workshop: frame.workshop };
    case 'previews':
      return { previews: frame.previews };
    case 'map':
      return { map: frame.map };
    case 'error':
      return { problem: frame.error, trial: undefined };
    case 'files':
      return { changed: frame.paths };
  }
}

/** The requested look, with its result if this is the first look that has ended since. */
function answered({ requested, verdicts }: LabSnapshot, look: TaskVerdicts & { readonly task: string }): RequestedLook | undefined {
  if (requested?.task !== look.task || requested.after !== undefined || verdicts.get(look.task)?.at === look.at) return requested;
  return { ...requested, after: look };
}

function runningTrial({ criteria, step, elapsedMs, usualMs }: NonNullable<TrialFrame['trial']>): RunningTrial {
  return { criteria, step, since: Date.now() - elapsedMs, usualMs };
}

function startingSince(lab: LabStatus, now: LabSnapshot): number | undefined {
  if (lab.state !== 'creating' && lab.state !== 'starting') return undefined;
  return now.startingSince ?? Date.now();
}
