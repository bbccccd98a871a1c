import type { Metric, Run } from '../definitions.ts';
import { percentiles } from '../percentiles.ts';
import { controlOf } from '../stage/control-of.ts';
import type { LabSession } from '../stage/lab-session.ts';
import { Shell } from '../stage/shell.ts';

const STARTS = 10;
const WITHIN_MS = 5 * 60_000;
const P50_P95 = [0.5, 0.95];

export const labReady: Metric = {
  name: 'lab-ready',
  what: 'a new lab, from the button to the prompt in its terminal, and to the answer of a `docker ps` typed there at once',
  needs: ['lab'],
  withinMs: 30 * 60_000,
  async measure({ stage, say, size }) {
    const prompts: number[] = [];
    const answers: number[] = [];
    for (let start = 0; start < size(STARTS); start += 1) {
      const { prompt, answer } = await coldStart(await stage.lab(), say);
      prompts.push(prompt);
      answers.push(answer);
      say(`start ${start + 1}: prompt ${Math.round(prompt)} ms, docker ps ${Math.round(answer)} ms`);
    }
    return [
      ...percentiles('prompt, cold', prompts, P50_P95, { atMost: 600 }),
      ...percentiles('first docker ps, cold', answers, P50_P95, { atMost: 1500 }),
    ];
  },
};

/** Milliseconds from the start of a lab of which nothing is there. */
async function coldStart(lab: LabSession, say: Run['say']): Promise<{ prompt: number; answer: number }> {
  await controlOf(lab.server).labs.remove('solo');
  const token = await lab.token();
  const began = performance.now();
  const ready = lab.ready(WITHIN_MS);
  await lab.act('start');
  await ready;
  const shell = await Shell.open(lab.server.origin, token, 'bench');
  try {
    await shell.shows('$ ', WITHIN_MS);
    const prompt = performance.now() - began;
    shell.type('docker ps\r');
    await shell.shows('CONTAINER ID', WITHIN_MS);
    const answer = performance.now() - began;
    const { steps } = await controlOf(lab.server).labs.status('solo');
    say(steps.map(({ id, tookMs }) => `${id} ${Math.round(tookMs ?? Number.NaN)}`).join(', '));
    return { prompt, answer };
  } finally {
    shell.close();
  }
}
