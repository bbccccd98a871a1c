import { expect, it } from 'vitest';
import { LoadMeter } from '../../../../server/map/load-meter.ts';

const usage = (cpuNs: number, systemNs: number) => ({ cpuNs, systemNs, cpus: 2, memoryBytes: 36.4 * 2 ** 20 });

it('gives the load since the sample before, in percent of one processor', () => {
  const meter = new LoadMeter();
  expect(meter.loads(new Map([['a', usage(10, 100)]])).get('a')).toEqual({ cpuPercent: null, memoryBytes: 36 * 2 ** 20 });
  expect(meter.loads(new Map([['a', usage(60, 300)]])).get('a')?.cpuPercent).toBe(50);
  expect(meter.loads(new Map([['a', usage(60, 500)]])).get('a')?.cpuPercent).toBe(0);
});

it('begins anew after a restart, and where the engine counts nothing', () => {
  const meter = new LoadMeter();
  meter.loads(new Map([['a', usage(100, 100)]]));
  expect(meter.loads(new Map([['a', usage(5, 200)]])).get('a')?.cpuPercent).toBeNull();
  expect(meter.loads(new Map([['a', usage(6, 200)]])).get('a')?.cpuPercent).toBeNull();
});
