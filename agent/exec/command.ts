import { type ChildProcess, spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { constants } from 'node:os';
import { posix } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { ExecStart } from '../../contract/agent.ts';
import type { AgentConfig } from '../config.ts';
import { errorCode, errors } from '../errors.ts';
import { asUser, loginEnvironment } from '../identity.ts';
import { makePipes, type OutputPipes } from './pipes.ts';

const TERMINATED_MS = 2000;
const NOT_FOUND = 127;
const NOT_EXECUTABLE = 126;
const TIMED_OUT = 124;

/** A command that runs without a terminal, as the leader of its process group. */
export class Command {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Resolves once the command has ended and its outputs were read to the end. */
  readonly exit: Promise<{ code: number; timedOut: boolean }>;
  readonly #child: ChildProcess;
  #ended = false;

  private constructor(child: ChildProcess, stdin: Writable, pipes: OutputPipes, timeoutMs: number | undefined) {
    this.#child = child;
    this.stdin = stdin;
    this.stdout = pipes.stdout;
    this.stderr = pipes.stderr;
    this.exit = this.#exit(timeoutMs);
  }

  /** Throws if the working directory does not exist. */
  static async start(config: AgentConfig, start: ExecStart): Promise<Command> {
    const cwd = posix.resolve(config.project, start.cwd);
    if (!isFolder(cwd)) throw errors.execFolder(start.cwd);
    const [file = '', ...args] = asUser(config, start.user, start.argv);
    const env = { ...loginEnvironment(config, start.user), PWD: cwd, ...start.env };
    const pipes = await makePipes(start.user === 'root' ? { uid: 0, gid: 0 } : config);
    try {
      const [stdout, stderr] = pipes.childEnds;
      const child = spawn(file, args, { cwd, env, detached: true, stdio: ['pipe', stdout, stderr] });
      if (child.stdin === null) throw new Error('a command without an input');
      return new Command(child, child.stdin, pipes, start.timeoutMs);
    } catch (error) {
      for (const stream of [pipes.stdout, pipes.stderr]) stream.destroy();
      throw error;
    } finally {
      pipes.release();
    }
  }

  /** Ends the command and its process group: SIGTERM, then SIGKILL. May be called several times. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#signal('SIGTERM');
    setTimeout(() => this.#signal('SIGKILL'), TERMINATED_MS).unref();
  }

  async #exit(timeoutMs: number | undefined): Promise<{ code: number; timedOut: boolean }> {
    let timedOut = false;
    const expire = (): void => {
      timedOut = true;
      this.end();
    };
    const timer = timeoutMs === undefined ? null : setTimeout(expire, timeoutMs);
    const [code] = await Promise.all([exitCode(this.#child), finished(this.stdout), finished(this.stderr)]);
    if (timer !== null) clearTimeout(timer);
    this.stdin.destroy();
    return { code: timedOut ? TIMED_OUT : code, timedOut };
  }

  #signal(name: NodeJS.Signals): void {
    if (this.#child.pid === undefined) return;
    try {
      process.kill(-this.#child.pid, name);
    } catch (error) {
      if (errorCode(error) !== 'ESRCH') throw error;
    }
  }
}

function exitCode(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(errorCode(error) === 'ENOENT' ? NOT_FOUND : NOT_EXECUTABLE));
    child.once('exit', (code, signal) => resolve(code ?? (signal === null ? NOT_EXECUTABLE : 128 + constants.signals[signal])));
  });
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    if (errorCode(error) === null) throw error;
    return false;
  }
}
