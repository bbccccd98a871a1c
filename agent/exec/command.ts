import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { constants } from 'node:os';
import { posix } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type { ExecStart } from '../../contract/agent.ts';
import type { AgentConfig } from '../config.ts';
import { errorCode, errors } from '../errors.ts';
import { asUser, loginEnvironment } from '../identity.ts';

const TERMINATED_MS = 2000;
const NOT_FOUND = 127;
const NOT_EXECUTABLE = 126;
const TIMED_OUT = 124;

export type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/** Starts a command as the leader of a process group, without a terminal. Throws where its folder does not exist. */
export function startCommand(config: AgentConfig, start: ExecStart): Child {
  const cwd = posix.resolve(config.project, start.cwd);
  if (!isFolder(cwd)) throw errors.execFolder(start.cwd);
  const [file = '', ...args] = asUser(config, start.user, start.argv);
  const env = { ...loginEnvironment(config, start.user), PWD: cwd, ...start.env };
  return spawn(file, args, { cwd, env, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
}

/** Ends a command and what it started, at first politely. */
export function endCommand(child: Child): void {
  signal(child, 'SIGTERM');
  setTimeout(() => signal(child, 'SIGKILL'), TERMINATED_MS).unref();
}

/** Resolves once the command has ended and its outputs are read to their end. */
export function exitOf(child: Child, timeoutMs: number | undefined): Promise<{ code: number; timedOut: boolean }> {
  return new Promise((resolve) => {
    let timedOut = false;
    const expire = (): void => {
      timedOut = true;
      endCommand(child);
    };
    const timer = timeoutMs === undefined ? null : setTimeout(expire, timeoutMs);
    const done = (code: number): void => {
      if (timer !== null) clearTimeout(timer);
      resolve({ code: timedOut ? TIMED_OUT : code, timedOut });
    };
    child.once('error', (error) => done(errorCode(error) === 'ENOENT' ? NOT_FOUND : NOT_EXECUTABLE));
    child.once('close', (code, name) => done(code ?? (name === null ? NOT_EXECUTABLE : 128 + constants.signals[name])));
  });
}

function signal(child: Child, name: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, name);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    if (errorCode(error) === null) throw error;
    return false;
  }
}
