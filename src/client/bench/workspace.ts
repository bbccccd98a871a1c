import type { LabStatus } from '../../../contract/lab.ts';
import { type WorkspaceClientFrame, type WorkspaceServerFrame, workspaceServerFrameSchema } from '../../../contract/workspace.ts';
import { Line, type LineState } from './line.ts';
import type { Session } from './session.ts';
import type { Snapshot, Store } from './store.ts';

/** The page's connection to the server. Writes everything it receives into the store. */
export class Workspace {
  readonly #store: Store;
  readonly #line: Line;
  readonly #session: Session;
  #task: string | undefined;

  constructor(store: Store, session: Session) {
    this.#store = store;
    this.#session = session;
    this.#line = new Line({
      path: '/ws/workspace',
      session,
      opened: () => this.#watch(),
      text: (data) => this.#heard(data),
      state: (line) => this.#lineChanged(line),
    });
  }

  start(): void {
    this.#line.start();
  }

  retry(): void {
    this.#line.retry();
  }

  /** Sets the task of the open lesson; its verdicts are then sent whenever they change. */
  watch(task: string | undefined): void {
    if (task === this.#task) return;
    this.#task = task;
    this.#watch();
  }

  check(task: string): boolean {
    return this.#send({ type: 'check', task });
  }

  trial(criterion: string): void {
    if (this.#send({ type: 'trial', criterion })) this.#store.set({ trial: criterion });
  }

  /** Asks the server to start, stop or reset the lab, or to start its engine. */
  async act(action: 'start' | 'stop' | 'reset' | 'start-engine'): Promise<void> {
    const token = await this.#session.token();
    const answer = await fetch('/api/lab', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ action }),
    });
    if (!answer.ok) throw new Error(`POST /api/lab answered ${answer.status}`);
  }

  #watch(): void {
    if (this.#task !== undefined) this.#send({ type: 'watch', task: this.#task });
  }

  #send(frame: WorkspaceClientFrame): boolean {
    return this.#line.send(JSON.stringify(frame));
  }

  #lineChanged(line: LineState): void {
    this.#store.set(line.kind === 'down' || line.kind === 'ended' ? { line, trial: undefined } : { line });
  }

  #heard(data: unknown): void {
    const { success, data: frame } = workspaceServerFrameSchema.safeParse(data);
    if (!success) return;
    this.#store.set({ heardAt: Date.now(), known: true, ...changeOf(frame, this.#store.now) });
  }
}

/** The change of the snapshot that a frame from the server causes. */
function changeOf(frame: WorkspaceServerFrame, now: Snapshot): Partial<Snapshot> {
  switch (frame.type) {
    case 'setup':
      return { setup: frame.setup };
    case 'lab':
      return { lab: frame.lab, startingSince: startingSince(frame.lab, now), problem: undefined };
    case 'verdicts': {
      const { task, checking, at, criteria } = frame;
      const verdicts = new Map(now.verdicts).set(task, { checking, at, criteria });
      return { verdicts, ...(checking ? {} : { trial: undefined }) };
    }
    case 'previews':
      return { previews: frame.previews };
    case 'error':
      return { problem: frame.error, trial: undefined };
    case 'files':
      return { changed: frame.paths };
  }
}

function startingSince(lab: LabStatus, now: Snapshot): number | undefined {
  if (lab.state !== 'creating' && lab.state !== 'starting') return undefined;
  return now.startingSince ?? Date.now();
}
