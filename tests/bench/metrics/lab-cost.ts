import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Control } from '../../../server/control/definitions.ts';
import { RealServer } from '../../e2e/support/real-server.ts';
import type { Figure, Metric } from '../definitions.ts';
import { controlOf } from '../stage/control-of.ts';

const LABS = 100;
const MIB = 1024 ** 2;
/** Minutes without a user after which the labs of this metric sleep. */
const SLEEP_MINUTES = 0.05;
const ASLEEP_MS = 5 * 60_000;
/** Time for a lab's memory to settle. */
const SETTLE_MS = 15_000;

export const labCost: Metric = {
  name: 'lab-cost',
  what: 'what a lab costs: memory with an idle engine, without one and asleep; disk of the course’s images; labs that sleep at once',
  needs: ['lab'],
  withinMs: 60 * 60_000,
  async measure({ stage, say, size }) {
    const lab = await stage.lab();
    const { labs } = controlOf(lab.server);
    await labs.remove('solo');
    const ready = lab.ready(ASLEEP_MS);
    await lab.act('start');
    await ready;
    await lab.must('docker ps');
    const images = Number(await lab.must('docker image ls -q | sort -u | wc -l'));
    const disk = Number((await lab.run('du -sb /var/lib/docker | cut -f1', 'root')).trim());
    await sleep(SETTLE_MS);
    const idle = await memoryOf(labs);
    await lab.agent.engine('stop');
    await sleep(SETTLE_MS);
    const reading = await memoryOf(labs);
    say(`${images} images`);
    return [
      { name: 'disk of the engine of a new lab', value: disk / MIB, unit: 'MiB', target: { atMost: 5 } },
      { name: 'memory, engine idle', value: idle / MIB, unit: 'MiB', target: { atMost: 90 } },
      { name: 'memory, without engine', value: reading / MIB, unit: 'MiB', target: { atMost: 30 } },
      ...(await sleeping(size(LABS), say)),
    ];
  },
};

async function memoryOf(labs: Control['labs']): Promise<number> {
  const { memory } = await labs.status('solo');
  if (memory === undefined) throw new Error('the lab’s memory was not measured');
  return memory.usedBytes;
}

/** Starts that many labs, each of which falls asleep, then wakes one. */
async function sleeping(count: number, say: (line: string) => void): Promise<Figure[]> {
  const server = new RealServer();
  await server.start({ lab: { sleepMinutes: SLEEP_MINUTES } });
  try {
    const { labs } = controlOf(server);
    await labs.start({ lab: 'bench-0' });
    const before = available();
    for (let made = 1; made < count; made += 1) {
      await labs.start({ lab: `bench-${made}` });
      if (made % 10 === 0) say(`${made} labs, ${Math.round(available() / MIB)} MiB available`);
    }
    const asleep = async (): Promise<number> =>
      (await labs.list()).filter(({ lab, state }) => lab.startsWith('bench-') && state === 'asleep').length;
    for (const until = performance.now() + ASLEEP_MS; (await asleep()) < count && performance.now() < until; ) await sleep(1000);
    const sleepers = await asleep();
    const after = available();
    const began = performance.now();
    await labs.agent('bench-0');
    return [
      { name: 'labs asleep at once', value: sleepers, unit: 'labs', target: { atLeast: 100 } },
      {
        name: 'memory of the machine that a sleeping lab takes',
        value: (before - after) / count / MIB,
        unit: 'MiB',
        target: { atMost: 20 },
      },
      { name: 'a sleeping lab, from the request to its engine', value: performance.now() - began, unit: 'ms' },
    ];
  } finally {
    await server.clean();
  }
}

/** Memory that the machine has left, in bytes. */
function available(): number {
  return Number(/^MemAvailable:\s+(\d+)/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1]) * 1024;
}
