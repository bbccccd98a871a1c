import { cpus, loadavg, release, totalmem } from 'node:os';

/** What the figures were taken on: they mean little without it. */
export function machine(): {
  at: string;
  machine: { cores: number; cpu: string; memoryGib: number; kernel: string; load: number; node: string };
} {
  const [cpu] = cpus();
  return {
    at: new Date().toISOString(),
    machine: {
      cores: cpus().length,
      cpu: cpu?.model ?? 'unknown',
      memoryGib: Math.round(totalmem() / 2 ** 30),
      kernel: release(),
      load: Math.round((loadavg()[0] ?? 0) * 100) / 100,
      node: process.version,
    },
  };
}
