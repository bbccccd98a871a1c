import { execFile } from 'node:child_process';
import type { ToolOptions, ToolResult } from './definitions.ts';

const OUTPUT_BYTES = 1024 * 1024;
const NOT_FOUND = 127;
const TIMED_OUT = 124;

/** Runs a program of this machine in a folder, bounded in time and output; the signal ends it as its timeout does. */
export function runTool(
  folder: string,
  argv: readonly string[],
  { timeoutMs, stdin, env }: ToolOptions,
  signal?: AbortSignal,
): Promise<ToolResult> {
  const [program = '', ...args] = argv;
  return new Promise((resolve) => {
    const options = {
      cwd: folder,
      timeout: timeoutMs,
      maxBuffer: OUTPUT_BYTES,
      env: { ...process.env, ...env },
      ...(signal && { signal }),
    };
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      const timedOut = child.killed && error !== null && error.code === null;
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : error.code === 'ENOENT' ? NOT_FOUND : TIMED_OUT;
      resolve({ code, timedOut, stdout, stderr });
    });
    child.stdin?.on('error', () => undefined); // A program that does not read its input ends it.
    child.stdin?.end(stdin ?? '');
  });
}
