import { execFile } from 'node:child_process';
import { accessSync, chownSync, closeSync, constants, openSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { errorCode } from '../errors.ts';

const { O_RDONLY, O_WRONLY, O_NONBLOCK, W_OK } = constants;
/** Memory-backed folders first, so that commands still run when the disk is full. */
const FOLDERS = ['/dev/shm', '/run', tmpdir()];
const runFile = promisify(execFile);

/** The output pipes of a command. The command inherits `childEnds`, in order; `release` then closes the agent's copies. */
export interface OutputPipes {
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly childEnds: readonly [number, number];
  readonly release: () => void;
}

let spare: Promise<string> | null = null;

/**
 * Uses named pipes, because `spawn` creates socket pairs, which a command cannot reopen as `/dev/stdout` or `/dev/stderr`. They belong to
 * the command's user, who could not open them otherwise. Not used for stdin: a named pipe reopened after its end would block for ever.
 */
export async function makePipes(owner: { uid: number; gid: number }): Promise<OutputPipes> {
  const taken = spare ?? makeFifos();
  spare = null;
  const folder = await taken;
  spare ??= makeFifos();
  // A failure is thrown when the next command awaits these pipes.
  spare.catch(() => undefined);
  const opened: number[] = [];
  const end = (name: string, flags: number): number => {
    const descriptor = openSync(`${folder}/${name}`, flags);
    opened.push(descriptor);
    return descriptor;
  };
  try {
    for (const name of ['1', '2']) chownSync(`${folder}/${name}`, owner.uid, owner.gid);
    // Open the read ends first: opening a write end blocks until there is a reader.
    const [stdout, stderr] = [end('1', O_RDONLY | O_NONBLOCK), end('2', O_RDONLY | O_NONBLOCK)];
    const childEnds = [end('1', O_WRONLY), end('2', O_WRONLY)] as const;
    return {
      stdout: new Socket({ fd: stdout, readable: true, writable: false }),
      stderr: new Socket({ fd: stderr, readable: true, writable: false }),
      childEnds,
      release: () => childEnds.forEach(closeSync),
    };
  } catch (error) {
    opened.forEach(closeSync);
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Removes the pipes prepared for the next command. */
export async function dropSparePipes(): Promise<void> {
  const taken = spare;
  spare = null;
  if (taken !== null) await rm(await taken, { recursive: true, force: true });
}

/** Called ahead of time, so that the next command does not wait for it. */
async function makeFifos(): Promise<string> {
  const folder = await mkdtemp(`${FOLDERS.find(isWritable) ?? tmpdir()}/escale-exec-${process.pid}-`);
  await runFile('mkfifo', ['-m', '600', `${folder}/1`, `${folder}/2`]);
  return folder;
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, W_OK);
    return true;
  } catch (error) {
    if (errorCode(error) === null) throw error;
    return false;
  }
}
