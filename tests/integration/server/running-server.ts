import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Docker from 'dockerode';
import { vi } from 'vitest';
import { WebSocket } from 'ws';
import type { LabStatus } from '../../../contract/lab.ts';
import { sessionSchema, type WorkspaceServerFrame, workspaceServerFrameSchema } from '../../../contract/workspace.ts';
import { remoteControl } from '../../../server/control/remote-control.ts';
import { ServerConnection } from '../../../server/control/server-connection.ts';
import { readServerFile } from '../../../server/state/server-file.ts';
import { openStateFolder } from '../../../server/state/state-folder.ts';
import { sweep } from '../images/scratch-instance.ts';

const MAIN = fileURLToPath(new URL('../../../server/main.ts', import.meta.url));
/** Above the ports that people usually use. */
const PORT = 4700;
const docker = new Docker();

/** `server/main.ts` as a separate process, with its own state folder and the real engine. */
export class RunningServer {
  readonly folder = openStateFolder(mkdtempSync(join(tmpdir(), 'escale-serve-')));
  readonly #env: Readonly<Record<string, string>>;
  output = '';
  #child: ChildProcess | null = null;

  /** `env`: variables that differ from the environment of the tests. */
  constructor(env: Readonly<Record<string, string>> = {}) {
    this.#env = env;
  }

  async start(...args: string[]): Promise<void> {
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', MAIN, '--state', this.folder.dir, '--port', String(PORT), ...args],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, ...this.#env },
      },
    );
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
      });
    }
    await vi.waitFor(
      async () => {
        if (!(await this.connection().answers())) throw new Error(`the server does not answer: ${this.output}`);
      },
      { timeout: 20_000, interval: 100 },
    );
  }

  connection(): ServerConnection {
    return new ServerConnection(readServerFile(this.folder) ?? { pid: 1, port: 1, token: 'x'.repeat(20) });
  }

  get labs() {
    return remoteControl(this.connection()).labs;
  }

  get origin(): string {
    return `http://localhost:${readServerFile(this.folder)?.port}`;
  }

  /** The solo lab, once it is ready. Its image may have to be built first. */
  async ready(timeout = 280_000): Promise<LabStatus> {
    return vi.waitFor(
      async () => {
        const status = await this.labs.status('solo');
        if (status.state !== 'ready') throw new Error(`the lab is ${JSON.stringify(status)}; ${this.output}`);
        return status;
      },
      { timeout, interval: 200 },
    );
  }

  async container(): Promise<string> {
    const [container] = await docker.listContainers({ all: true, filters: { label: this.#labels('lab') } });
    return container?.Id ?? 'none';
  }

  async pageToken(): Promise<string> {
    const answer = await fetch(`${this.origin}/api/session`, {
      method: 'POST',
      headers: { origin: this.origin, 'sec-fetch-site': 'same-origin' },
    });
    return sessionSchema.parse(await answer.json()).token;
  }

  async workspace(): Promise<{ frames: WorkspaceServerFrame[]; socket: WebSocket }> {
    const frames: WorkspaceServerFrame[] = [];
    const socket = await this.socket('/ws/workspace');
    socket.on('message', (data) => frames.push(workspaceServerFrameSchema.parse(JSON.parse(String(data)))));
    return { frames, socket };
  }

  /** An authenticated websocket of the page. */
  async socket(path: string): Promise<WebSocket> {
    const token = await this.pageToken();
    const socket = new WebSocket(`${this.origin.replace('http', 'ws')}${path}`, { origin: this.origin });
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'auth', token }));
    return socket;
  }

  async end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child;
    if (child === null || child.exitCode !== null) return child?.exitCode ?? null;
    const exit = once(child, 'exit');
    child.kill(signal);
    await exit;
    return child.exitCode;
  }

  /** Removes what the test created. A killed server may have left work that ends meanwhile, so it is tried twice. */
  async clean(): Promise<void> {
    await this.end('SIGKILL');
    await vi.waitFor(() => sweep(this.folder.dir), { timeout: 60_000, interval: 500 });
    rmSync(this.folder.dir, { recursive: true, force: true });
  }

  #labels(kind?: string): string[] {
    return [`escale.instance=${this.folder.dir}`, ...(kind === undefined ? [] : [`escale.kind=${kind}`])];
  }
}
