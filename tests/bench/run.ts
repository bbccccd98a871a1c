import { parseArgs } from 'node:util';
import type { Figures, Metric } from './definitions.ts';
import { flood } from './metrics/flood.ts';
import { interrupt } from './metrics/interrupt.ts';
import { keystroke } from './metrics/keystroke.ts';
import { labReady } from './metrics/lab-ready.ts';
import { lighthouse } from './metrics/lighthouse.ts';
import { scripts } from './metrics/scripts.ts';
import { stalledReader } from './metrics/stalled-reader.ts';
import { verdict } from './metrics/verdict.ts';
import { BenchStage } from './stage/bench-stage.ts';
import { machine } from './stage/machine.ts';

/** `npm run bench -- [--only NAME[,NAME]] [--json]`: measures a real server, lab and browser; the site must be built. */
const METRICS: readonly Metric[] = [labReady, verdict, keystroke, flood, interrupt, stalledReader, scripts, lighthouse];

const { values } = parseArgs({ options: { only: { type: 'string' }, json: { type: 'boolean' } } });
const wanted = values.only?.split(',') ?? METRICS.map(({ name }) => name);
const unknown = wanted.find((name) => !METRICS.some((metric) => metric.name === name));
if (unknown !== undefined) {
  process.stderr.write(`« ${unknown} » is not measured; there are ${METRICS.map(({ name }) => name).join(', ')}.\n`);
  process.exit(64);
}

const stage = new BenchStage();
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const measured: Record<string, Figures> = {};
let failed = false;
try {
  for (const metric of METRICS.filter(({ name }) => wanted.includes(name))) {
    say(`${metric.name}: ${metric.what}`);
    measured[metric.name] = await metric
      .measure(stage, (line) => say(`  ${line}`))
      .catch((error: unknown) => {
        failed = true;
        return { error: error instanceof Error ? error.message : String(error) };
      });
    if (!values.json) process.stdout.write(`${metric.name}\n${asText(measured[metric.name] ?? {}, '  ')}\n`);
  }
} finally {
  await stage.close();
}
if (values.json) process.stdout.write(`${JSON.stringify({ ...machine(), measured }, null, 2)}\n`);
process.exitCode = failed ? 1 : 0;

function asText(figures: Figures, indent: string): string {
  return Object.entries(figures)
    .map(([name, value]) =>
      typeof value === 'object' && value !== null ? `${indent}${name}\n${asText(value, `${indent}  `)}` : `${indent}${name}: ${value}`,
    )
    .join('\n');
}
