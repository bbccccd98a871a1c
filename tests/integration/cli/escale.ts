import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const COMMAND = fileURLToPath(new URL('../../../setup/escale.mjs', import.meta.url));

export interface Answer {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A state folder for a suite, and a function that calls the command there as a user would. */
export function escaleIn(state: string) {
  const run = (words: readonly string[], stdin = ''): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [COMMAND, ...words], { env: { ...process.env, ESCALE_STATE: state } });
      const text = { stdout: '', stderr: '' };
      for (const name of ['stdout', 'stderr'] as const) {
        child[name].setEncoding('utf8').on('data', (chunk: string) => {
          text[name] += chunk;
        });
      }
      child.on('error', reject);
      child.on('close', (code) => resolve({ exit: code ?? -1, ...text }));
      child.stdin.end(stdin);
    });
  return {
    run,
    /** With `--json`: the parsed document. Fails the test if the exit status is not the expected one. */
    async json(words: readonly string[], expected = 0): Promise<Record<string, unknown>> {
      const answer = await run([...words, '--json']);
      if (answer.exit !== expected) throw new Error(`escale ${words.join(' ')} gave ${answer.exit}: ${answer.stdout}${answer.stderr}`);
      return JSON.parse(answer.stdout);
    },
  };
}

export function temporaryState(): string {
  return mkdtempSync(join(tmpdir(), 'escale-cli-'));
}
