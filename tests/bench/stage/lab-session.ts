import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { Verdict } from '../../../contract/verdict.ts';
import {
  sessionSchema,
  setupStatusSchema,
  type WorkspaceClientFrame,
  type WorkspaceServerFrame,
  workspaceServerFrameSchema,
} from '../../../contract/workspace.ts';
import type { LabAgent } from '../../../server/labs/agents/definitions.ts';
import type { RealServer } from '../../e2e/support/real-server.ts';
import { controlOf } from './control-of.ts';

/** The images of the lab and of the course may have to be built first. */
const READY_MS = 40 * 60_000;
const RUN_MS = 10 * 60_000;

/** A page's websocket to a lab, together with the lab's agent. */
export class LabSession {
  readonly server: RealServer;
  #agent: LabAgent;
  readonly #socket: WebSocket;
  readonly #listeners = new Set<(frame: WorkspaceServerFrame) => void>();

  private constructor(server: RealServer, agent: LabAgent, socket: WebSocket) {
    this.server = server;
    this.#agent = agent;
    this.#socket = socket;
    socket.on('message', (data) => {
      const frame = workspaceServerFrameSchema.parse(JSON.parse(String(data)));
      for (const listener of this.#listeners) listener(frame);
    });
  }

  static async open(server: RealServer): Promise<LabSession> {
    const { labs } = controlOf(server);
    const until = Date.now() + READY_MS;
    while ((await labs.status('solo')).state !== 'ready' || !(await allPrepared(server.origin))) {
      if (Date.now() > until) throw new Error(`the lab and its images are not ready within ${READY_MS / 60_000} min`);
      await sleep(500);
    }
    const socket = new WebSocket(`${server.origin.replace('http', 'ws')}/ws/workspace`, { origin: server.origin });
    await once(socket, 'open');
    const session = new LabSession(server, await labs.agent('solo'), socket);
    socket.send(JSON.stringify({ type: 'auth', token: await session.token() }));
    return session;
  }

  /** The agent of the lab; of its next container, after a start. */
  get agent(): LabAgent {
    return this.#agent;
  }

  /** Does to the lab what its buttons do. */
  async act(action: 'start' | 'stop'): Promise<void> {
    const { origin } = this.server;
    const headers = { origin, authorization: `Bearer ${await this.token()}`, 'content-type': 'application/json' };
    const answer = await fetch(`${origin}/api/lab`, { method: 'POST', headers, body: JSON.stringify({ action }) });
    if (!answer.ok) throw new Error(`${action}: ${answer.status} ${await answer.text()}`);
  }

  /** Resolves when the page hears that the lab, away now, is ready. */
  async ready(withinMs: number): Promise<void> {
    await this.#frame((frame) => frame.type === 'lab' && frame.lab.state === 'ready', 'the lab is not ready', withinMs);
    this.#agent = await controlOf(this.server).labs.agent('solo');
  }

  /** The page's token, which all other requests need. */
  async token(): Promise<string> {
    const { origin } = this.server;
    const answer = await fetch(`${origin}/api/session`, { method: 'POST', headers: { origin, 'sec-fetch-site': 'same-origin' } });
    return sessionSchema.parse(await answer.json()).token;
  }

  tell(frame: WorkspaceClientFrame): void {
    this.#socket.send(JSON.stringify(frame));
  }

  /** The time, on the clock of `performance`, at which the page receives the wanted verdict. */
  verdict(criterion: string, wanted: Verdict['verdict'], withinMs: number): Promise<number> {
    const says = (frame: WorkspaceServerFrame): boolean =>
      frame.type === 'verdicts' && !frame.checking && frame.criteria.find(({ id }) => id === criterion)?.verdict === wanted;
    return this.#frame(says, `${criterion} is not ${wanted}`, withinMs);
  }

  /** The time at which the page receives a map on which a service runs, or does not. */
  onMap(service: string, running: boolean, withinMs: number): Promise<number> {
    const says = (frame: WorkspaceServerFrame): boolean =>
      frame.type === 'map' &&
      frame.map.state === 'drawn' &&
      frame.map.services.find(({ name }) => name === service)?.container?.running === running;
    return this.#frame(says, `the map does not show ${service} ${running ? 'running' : 'stopped'}`, withinMs);
  }

  /** The time at which the page receives the first frame that `is` accepts. */
  #frame(is: (frame: WorkspaceServerFrame) => boolean, otherwise: string, withinMs: number): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    const listener = (frame: WorkspaceServerFrame): void => {
      if (is(frame)) resolve(performance.now());
    };
    const timer = setTimeout(() => reject(new Error(`${otherwise} within ${withinMs} ms`)), withinMs);
    this.#listeners.add(listener);
    return promise.finally(() => {
      clearTimeout(timer);
      this.#listeners.delete(listener);
    });
  }

  /** Runs a shell line in the lab. */
  async run(line: string, user: 'dataeng' | 'root' = 'dataeng'): Promise<string> {
    return (await this.#exec(line, user)).stdout;
  }

  /** Like `run`, but throws if the command fails. */
  async must(line: string): Promise<string> {
    const { code, stdout, stderr } = await this.#exec(line, 'dataeng');
    if (code !== 0) throw new Error(`« ${line} » ended with ${code} in the lab: ${stderr.trim().slice(-500)}`);
    return stdout;
  }

  #exec(line: string, user: 'dataeng' | 'root'): ReturnType<LabAgent['exec']> {
    return this.agent.exec({ argv: ['bash', '-c', line], user, cwd: '.', env: {}, timeoutMs: RUN_MS });
  }

  async close(): Promise<void> {
    this.#socket.terminate();
  }
}

/** Whether no preparation runs in the background any more: it would affect the figures. */
async function allPrepared(origin: string): Promise<boolean> {
  const { steps } = setupStatusSchema.parse(await (await fetch(`${origin}/api/setup`)).json());
  const failed = steps.find(({ state }) => state === 'failed');
  if (failed) throw new Error(`« ${failed.title} » could not be prepared: ${failed.problem?.message ?? 'nobody says why'}`);
  return steps.every(({ state }) => state === 'done' || state === 'skipped');
}
