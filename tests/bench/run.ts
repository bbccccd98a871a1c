import { parseArgs } from 'node:util';
import type { Metric } from './definitions.ts';
import { flood } from './metrics/flood.ts';
import { interrupt } from './metrics/interrupt.ts';
import { keystroke } from './metrics/keystroke.ts';
import { labControl } from './metrics/lab-control.ts';
import { labCost } from './metrics/lab-cost.ts';
import { labReady } from './metrics/lab-ready.ts';
import { labWarm } from './metrics/lab-warm.ts';
import { lighthouse } from './metrics/lighthouse.ts';
import { map } from './metrics/map.ts';
import { scripts } from './metrics/scripts.ts';
import { stalledReader } from './metrics/stalled-reader.ts';
import { verdict } from './metrics/verdict.ts';
import { type Measured, table } from './report.ts';
import { BenchStage } from './stage/bench-stage.ts';
import { machine } from './stage/machine.ts';
import { within } from './within.ts';

/**
 * `npm run bench -- [--only NAME[,NAME]] [--quick] [--json]`: measures a real server, lab and browser; the site must be built.
 * `--quick` measures less, to check that everything runs. With `--json` the table goes to standard error. Exits with 1 if a metric gave no figures.
 */
const METRICS: readonly Metric[] = [
  labReady,
  labWarm,
  labCost,
  labControl,
  verdict,
  keystroke,
  flood,
  interrupt,
  stalledReader,
  map,
  scripts,
  lighthouse,
];
const QUICK = 10;

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const { values } = parseArgs({ options: { only: { type: 'string' }, quick: { type: 'boolean' }, json: { type: 'boolean' } } });
const wanted = values.only?.split(',') ?? METRICS.map(({ name }) => name);
const unknown = wanted.find((name) => !METRICS.some((metric) => metric.name === name));
if (unknown !== undefined) {
  say(`« ${unknown} » is not measured; there are ${METRICS.map(({ name }) => name).join(', ')}.`);
  process.exit(64);
}

let stage = new BenchStage();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    say(`${signal}: taking away the lab, the server and the browser`);
    void stage.close().finally(() => process.exit(130));
  });
}

const size = (full: number): number => (values.quick ? Math.max(1, Math.round(full / QUICK)) : full);
const before = machine();
const measured: Record<string, Measured> = {};
for (const metric of METRICS.filter(({ name }) => wanted.includes(name))) {
  say(`${metric.name}: ${metric.what}`);
  const began = performance.now();
  const tookS = (): number => Math.round((performance.now() - began) / 1000);
  try {
    await stage.prepare(metric.needs);
    say(`  prepared after ${tookS()} s`);
    const figures = await within(metric.measure({ stage, say: (line) => say(`  ${line}`), size }), metric.withinMs, metric.name);
    measured[metric.name] = { tookS: tookS(), figures };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    say(`  not measured: ${words}`);
    measured[metric.name] = { tookS: tookS(), figures: [], error: words };
    // Start afresh: anything left running would affect the next metric.
    await stage.close();
    stage = new BenchStage();
  }
}
await stage.close();
const lines = table(measured);
if (values.json) say(lines);
process.stdout.write(values.json ? `${JSON.stringify({ ...before, quick: values.quick ?? false, measured }, null, 2)}\n` : `${lines}\n`);
process.exit(Object.values(measured).some(({ error }) => error !== undefined) ? 1 : 0);
