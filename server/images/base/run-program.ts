import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { PassThrough, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { EscaleError } from '../../errors/escale-error.ts';
import { hostEnvironment } from '../host/host-environment.ts';

const KEPT_CHARACTERS = 2000;

/**
 * Runs a program of the host to its end and writes its output to `output`, which stays open. Throws with the end of its standard error if
 * it fails.
 */
export async function runProgram(
  [program = '', ...args]: readonly string[],
  options: { readonly signal: AbortSignal; readonly env?: NodeJS.ProcessEnv; readonly cwd?: string; readonly output?: Writable },
): Promise<void> {
  const child = spawn(program, args, {
    env: options.env ?? hostEnvironment(),
    cwd: options.cwd,
    signal: options.signal,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-KEPT_CHARACTERS);
  });
  const output = options.output ?? new PassThrough().resume();
  try {
    const [[code]] = await Promise.all([once(child, 'close'), pipeline(child.stdout, output, { end: false })]);
    if (code === 0) return;
    said = `code ${String(code)}. ${said}`;
  } catch (error) {
    options.signal.throwIfAborted();
    said = `${error instanceof Error ? error.message : String(error)}. ${said}`;
  }
  throw new EscaleError('unavailable', 'images.program-failed', {
    message: `« ${program} ${args[0] ?? ''} » a échoué sur cette machine.`,
    hint: `Dernières lignes : ${said.trim().replaceAll('\n', ' ⏎ ')}`,
  });
}
