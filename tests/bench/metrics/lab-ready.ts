import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { Metric } from '../definitions.ts';
import { percentiles } from '../percentiles.ts';

const ESCALE = resolve(import.meta.dirname, '../../../setup/escale.mjs');
const STARTS = 7;
const startedSchema = z.object({ lab: z.string(), tookMs: z.number() });

export const labReady: Metric = {
  name: 'lab-ready',
  what: 'a new lab, from `escale lab start` to ready, its images there; ms',
  async measure(_stage, say) {
    const state = mkdtempSync(join(tmpdir(), 'escale-bench-'));
    const times: number[] = [];
    try {
      // The first start of a state folder also starts the registry that all its labs share.
      for (let start = 0; start <= STARTS; start += 1) {
        const { lab, tookMs } = startedSchema.parse(JSON.parse(await escale('lab', 'start', '--json', '--state', state)));
        await escale('lab', 'remove', lab, '--state', state);
        say(`${start === 0 ? 'first of the folder' : `start ${start}`}: ${Math.round(tookMs)} ms`);
        times.push(tookMs);
      }
      return { first: Math.round(times[0] ?? Number.NaN), ...percentiles(times.slice(1), [0.5, 0.95]) };
    } finally {
      await escale('clean', '--yes', '--state', state);
      rmSync(state, { recursive: true, force: true });
    }
  },
};

async function escale(...words: string[]): Promise<string> {
  const child = spawn(process.execPath, [ESCALE, ...words], { stdio: ['ignore', 'pipe', 'ignore'], timeout: 300_000 });
  return text(child.stdout);
}
