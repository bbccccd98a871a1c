import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { Metric } from '../definitions.ts';
import { percentiles } from '../percentiles.ts';

const ESCALE = resolve(import.meta.dirname, '../../../setup/escale.mjs');
const STARTS = 10;
const WITHIN_MS = 5 * 60_000;
const startedSchema = z.object({ lab: z.string(), tookMs: z.number() });

export const labReady: Metric = {
  name: 'lab-ready',
  what: 'a new lab, from `escale lab start` to ready, its images there, beside one lab that rests',
  needs: ['lab'],
  withinMs: 30 * 60_000,
  async measure({ stage, say, size }) {
    const { server } = await stage.lab();
    const times: number[] = [];
    for (let start = 0; start < size(STARTS); start += 1) {
      const { lab, tookMs } = startedSchema.parse(JSON.parse(await escale('lab', 'start', '--json', '--state', server.state)));
      await escale('lab', 'remove', lab, '--state', server.state);
      say(`start ${start + 1}: ${Math.round(tookMs)} ms`);
      times.push(tookMs);
    }
    return percentiles('lab ready', times, [0.5, 0.95]);
  },
};

/** Runs an `escale` command and returns its output; throws with its output if it fails. */
async function escale(...words: string[]): Promise<string> {
  const child = spawn(process.execPath, [ESCALE, ...words], { stdio: ['ignore', 'pipe', 'pipe'], timeout: WITHIN_MS });
  const [printed, said, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  if (code !== 0)
    throw new Error(`escale ${words.slice(0, 2).join(' ')} ended with ${code ?? 'no code, in time'}: ${said.trim().slice(-500)}`);
  return printed;
}
