import { PassThrough } from 'node:stream';
import type { Figure, Metric } from '../definitions.ts';
import { percentiles } from '../percentiles.ts';
import { controlOf } from '../stage/control-of.ts';
import type { LabSession } from '../stage/lab-session.ts';

const ASKED = 50;
const TIMES = 5;
const P50_P95 = [0.5, 0.95];
const COMMAND_LIMIT_MS = 1000;

/** What the server, the engine and the registry of a lab take to answer, also where the answer is that something is missing or too slow. */
export const labControl: Metric = {
  name: 'lab-control',
  what: 'calls to a lab that is ready: its agent, a command cut off, a missing tag, its start, its stop',
  needs: ['lab'],
  withinMs: 15 * 60_000,
  async measure({ stage, say, size }) {
    const lab = await stage.lab();
    const { agent } = lab;
    const figures: Figure[] = [];
    const add = async (name: string, times: number, atMost: number, call: () => Promise<unknown>): Promise<void> => {
      const took = await timed(size(times), call);
      say(`${name}: ${took.map(Math.round).join(', ')} ms`);
      figures.push(...percentiles(name, took, P50_P95, { atMost }));
    };
    await add('agent health', ASKED, 50, () => agent.health());
    await whileFlooding(lab, () => add('agent health in a flood', ASKED, 50, () => agent.health()));
    await add('command cut off after 1 s', TIMES, 4000, () => agent.exec(start('sleep 60', COMMAND_LIMIT_MS)));
    await add('missing tag refused', TIMES, 5000, () => agent.exec(start('docker pull -q postgres:absent', 60_000)));
    const { labs } = controlOf(lab.server);
    await add('start of a ready lab', TIMES, 1000, () => labs.start({ lab: 'solo' }));
    const stops: number[] = [];
    const starts: number[] = [];
    for (let time = 0; time < size(TIMES); time += 1) {
      stops.push(...(await timed(1, () => labs.stop('solo'))));
      starts.push(...(await timed(1, () => labs.start({ lab: 'solo' }))));
      say(`stop ${Math.round(stops.at(-1) ?? 0)} ms, start ${Math.round(starts.at(-1) ?? 0)} ms`);
    }
    return [
      ...figures,
      ...percentiles('stop of a lab', stops, P50_P95, { atMost: 16_000 }),
      ...percentiles('start of a stopped lab', starts, P50_P95, { atMost: 15_000 }),
    ];
  },
};

function start(line: string, timeoutMs: number): Parameters<LabSession['agent']['exec']>[0] {
  return { argv: ['bash', '-c', line], user: 'dataeng', cwd: '.', env: {}, timeoutMs };
}

/** Does `work` beside a command that writes without end. */
async function whileFlooding({ agent }: LabSession, work: () => Promise<void>): Promise<void> {
  const ends = new AbortController();
  const streams = { stdin: null, stdout: new PassThrough().resume(), stderr: new PassThrough().resume() };
  const flood = agent.execStream(start('yes', 60_000), streams, ends.signal).catch(() => undefined);
  await work().finally(() => ends.abort());
  await flood;
}

async function timed(times: number, call: () => Promise<unknown>): Promise<number[]> {
  const took: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const began = performance.now();
    await call();
    took.push(performance.now() - began);
  }
  return took;
}
