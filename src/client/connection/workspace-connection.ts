import type { LabStatus } from '../../../contract/lab.ts';
import type { WorkshopAction } from '../../../contract/workshop.ts';
import { type WorkspaceClientFrame, type WorkspaceServerFrame, workspaceServerFrameSchema } from '../../../contract/workspace.ts';
import { type ConnectionState, ReconnectingSocket } from './reconnecting-socket.ts';
import type { Session } from './session.ts';
import type { LabSnapshot, RequestedLook, SnapshotStore, TaskVerdicts } from './snapshot-store.ts';

/** The page's connection to the server. Writes everything it receives into the store. */
export class WorkspaceConnection {
  readonly #store: SnapshotStore;
  readonly #socket: ReconnectingSocket;
  readonly #session: Session;
  #task: string | undefined;

  constructor(store: SnapshotStore, session: Session) {
    this.#store = store;
    this.#session = session;
    this.#socket = new ReconnectingSocket({
      path: '/ws/workspace',
      session,
      opened: () => this.#watch(),
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
    if (this.#send({ type: 'trial', criterion })) this.#store.set({ trial: criterion });
  }

  /** Asks the server to start, stop or reset the lab, or to start its engine. */
  async changeLab(action: 'start' | 'stop' | 'reset' | 'start-engine'): Promise<void> {
    await this.#post('/api/lab', { action });
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
      return { verdicts, ...(checking ? {} : { trial: undefined, requested: answered(now, frame) }) };
    }
    case 'workshop':
      return { workshop: frame.workshop };
    case 'previews':
      return { previews: frame.previews };
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

function startingSince(lab: LabStatus, now: LabSnapshot): number | undefined {
  if (lab.state !== 'creating' && lab.state !== 'starting') return undefined;
  return now.startingSince ?? Date.now();
}
