import { readlinkSync } from 'node:fs';
import { type IPty, spawn } from 'node-pty';
import type { AgentConfig } from '../config.ts';
import { errorCode, errors } from '../errors.ts';
import { asUser, loginEnvironment } from '../identity.ts';
import { sessionOf } from './foreground.ts';
import { PtyInput } from './pty-input.ts';

const KILL_AFTER_MS = 1000;

/**
 * Without the project's folder, the shell says where it is and how to make it. `node-pty` passes raw bytes only without an encoding; it
 * then does not set `iutf8`, which the erase key needs.
 */
const START = `stty iutf8
if ! cd "$0" 2>/dev/null; then
  cd "$HOME"
  echo "Le dossier du projet, $0, n’existe plus : ce terminal est dans $PWD."
  echo "Pour le refaire et y aller : mkdir -p $0 && cd $0"
fi
exec "$@"`;

export interface ShellEvents {
  readonly onOutput: (bytes: Buffer) => void;
  readonly onExit: (code: number) => void;
}

/** A login shell of the learner on its own terminal, in a folder: the project's, unless another one is given. */
export class Shell {
  readonly input: PtyInput;
  readonly #pty: IPty;
  readonly #born = Date.now();
  #paused = false;
  #ended = false;

  constructor(config: AgentConfig, size: { cols: number; rows: number }, events: ShellEvents, folder: string = config.project) {
    const env = { ...loginEnvironment(config, 'dataeng'), TERM: 'xterm-256color', COLORTERM: 'truecolor' };
    const argv = ['-c', START, folder, ...asUser(config, 'dataeng', ['/bin/bash', '-l'])];
    try {
      this.#pty = spawn('/bin/sh', argv, { name: 'xterm-256color', cwd: '/', env, encoding: null, ...size });
    } catch (cause) {
      throw errors.shellFailed(cause);
    }
    this.input = new PtyInput(descriptorOf(this.#pty));
    this.#pty.onData((data: unknown) => {
      if (Buffer.isBuffer(data)) events.onOutput(data);
    });
    if ('on' in this.#pty && typeof this.#pty.on === 'function') this.#pty.on('close', () => this.input.close());
    this.#pty.onExit(({ exitCode, signal }) => {
      this.#ended = true;
      this.input.close();
      events.onExit(signal ? 128 + signal : exitCode);
    });
  }

  get pid(): number {
    return this.#pty.pid;
  }

  /** Its working directory; null when it has ended. */
  get folder(): string | null {
    try {
      return readlinkSync(`/proc/${this.#pty.pid}/cwd`);
    } catch (error) {
      if (errorCode(error) === null) throw error;
      return null;
    }
  }

  get ageMs(): number {
    return Date.now() - this.#born;
  }

  resize(size: { cols: number; rows: number }): void {
    if (!this.#ended && (size.cols !== this.#pty.cols || size.rows !== this.#pty.rows)) this.#pty.resize(size.cols, size.rows);
  }

  /** Pauses or resumes reading the output, so that a program that writes too much waits. */
  hold(paused: boolean): void {
    if (paused === this.#paused || this.#ended) return;
    this.#paused = paused;
    if (paused) this.#pty.pause();
    else this.#pty.resume();
  }

  /** Ends the shell and all processes of its session. */
  end(): void {
    if (this.#ended) return;
    this.hold(false);
    this.#signal('SIGHUP');
    setTimeout(() => this.#signal('SIGKILL'), KILL_AFTER_MS).unref();
  }

  #signal(signal: NodeJS.Signals): void {
    for (const pid of sessionOf(this.#pty.pid)) {
      try {
        process.kill(pid, signal);
      } catch {
        // The process has ended meanwhile.
      }
    }
  }
}

function descriptorOf(pty: IPty): number {
  if ('fd' in pty && typeof pty.fd === 'number') return pty.fd;
  throw errors.shellFailed(new Error('node-pty gave no descriptor'));
}
