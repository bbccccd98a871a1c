import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
// biome-ignore lint/plugin: between two looks at whether it answers; the benchmarks do so outside of a test runner
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { type LabState, labStatusSchema } from '../../../contract/lab.ts';
import { checkReportSchema } from '../../../contract/verdict.ts';
import { CONFIG_FILE, type configSchema } from '../../../server/config.ts';

/** Maximum time until it answers, on a loaded machine. */
const START_MS = 120_000;
const ROOT = resolve(import.meta.dirname, '../../..');

/** `server/main.ts` as a separate process, with its own state folder and this machine's engine. Nothing is faked. */
export class RealServer {
  /** Created at the start: Playwright also constructs this object just to list the tests. */
  #state = '';
  #child: ChildProcess | undefined;
  #port = 0;
  #output = '';

  get origin(): string {
    return `http://localhost:${this.#port}`;
  }

  /** Empty before the first start. */
  get state(): string {
    return this.#state;
  }

  /** The id of the current process. */
  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** `config`: of the state folder, from this start on. */
  async start(config?: z.input<typeof configSchema>): Promise<void> {
    if (this.#state === '') this.#state = mkdtempSync(join(tmpdir(), 'escale-e2e-'));
    if (config !== undefined) writeFileSync(join(this.#state, CONFIG_FILE), JSON.stringify(config));
    if (this.#port === 0) this.#port = await freePort();
    const args = [
      '--disable-warning=ExperimentalWarning',
      join(ROOT, 'server/main.ts'),
      '--state',
      this.#state,
      '--port',
      String(this.#port),
    ];
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (this.#output += text));
    for (let waited = 0; waited < START_MS; waited += 100) {
      if (await this.#answers()) return;
      if (child.exitCode !== null) break;
      await sleep(100);
    }
    throw new Error(`The server did not start:\n${this.#output}`);
  }

  /** Kills the server without any notice, like a power failure. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  /** Puts the project's state after a task into the lab, through the running server. */
  async putSolution(task: string): Promise<void> {
    const args = [join(ROOT, 'setup/escale.mjs'), 'lab', 'put', 'solo', '--solution', task, '--state', this.#state];
    const [exit] = await once(spawn(process.execPath, args, { stdio: 'ignore' }), 'exit');
    if (exit !== 0) throw new Error(`lab put gave ${exit}`);
  }

  /** The criteria of these tasks that are not met in the lab now, each with its code, as `escale check` says. */
  async unmet(tasks: readonly string[]): Promise<string[]> {
    const { criteria } = checkReportSchema.parse(await this.#ask('check', ...tasks, '--lab', 'solo'));
    return criteria.flatMap((found) => (found.verdict === 'met' ? [] : [`${found.id} ${found.diagnosis.code}`]));
  }

  /** The state of a lab, as `escale lab list` says. */
  async labState(id: string): Promise<LabState | undefined> {
    const { labs } = z.object({ labs: z.array(labStatusSchema) }).parse(await this.#ask('lab', 'list'));
    return labs.find(({ lab }) => lab === id)?.state;
  }

  /** What the product's command prints as JSON. */
  async #ask(...words: string[]): Promise<unknown> {
    const args = [join(ROOT, 'setup/escale.mjs'), ...words, '--json', '--state', this.#state];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    return JSON.parse(await text(child.stdout));
  }

  /** Removes everything of this instance with the product's own command, which finds it by label. */
  async clean(): Promise<void> {
    await this.kill();
    if (this.#state === '') return;
    const cleaning = spawn(process.execPath, [join(ROOT, 'setup/escale.mjs'), 'clean', '--yes', '--state', this.#state], {
      cwd: ROOT,
      stdio: 'ignore',
    });
    await once(cleaning, 'exit');
    rmSync(this.#state, { recursive: true, force: true });
  }

  async #answers(): Promise<boolean> {
    try {
      return (await fetch(`${this.origin}/healthz`)).ok;
    } catch {
      return false;
    }
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  probe.close();
  await once(probe, 'close');
  return port;
}
