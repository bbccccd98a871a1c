import { cpus, loadavg, release, totalmem } from 'node:os';

/** The machine that the figures were measured on; without it they mean little. */
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
