import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Container, ContainerInspectOptions } from 'dockerode';
import { z } from 'zod';
import { EscaleError } from '../../errors/escale-error.ts';
import { within } from '../../host/within.ts';

const MEASURE_MS = 60_000;
/** `size` is part of the engine's API that the types lack; the layer's size comes with it. */
const WITH_SIZE: ContainerInspectOptions & { size: true } = { size: true };
const sizeSchema = z.object({ SizeRw: z.number().nonnegative().default(0) });

/**
 * What a running lab uses. The disk is counted in the gate, by a `du` of the two volumes, plus the container's own layer:
 * the engine's `system df` walks everything on the machine at once, and no path under its data is ours to read.
 */
export async function measureUsage(container: Container): Promise<{ memoryBytes: number; memoryLimitBytes: number; diskBytes: number }> {
  const signal = AbortSignal.timeout(MEASURE_MS);
  const [stats, seen, volumes] = await within(
    MEASURE_MS,
    'la mesure du labo',
    signal,
    Promise.all([container.stats({ stream: false, 'one-shot': true }), container.inspect(WITH_SIZE), volumeBytes(container)]),
  );
  const { usage = 0, limit = 0, stats: detail } = stats.memory_stats;
  // As `docker stats` does: what the kernel could drop at once is not counted.
  const reclaimable = detail?.total_inactive_file ?? detail?.inactive_file ?? 0;
  return { memoryBytes: Math.max(usage - reclaimable, 0), memoryLimitBytes: limit, diskBytes: volumes + sizeSchema.parse(seen).SizeRw };
}

async function volumeBytes(container: Container): Promise<number> {
  const exec = await container.exec({
    Cmd: ['nice', '-n', '19', 'timeout', '45', 'du', '-s', '-B1', '-c', '/volumes/home', '/volumes/engine'],
    AttachStdout: true,
  });
  const stream = await exec.start({ hijack: true, stdin: false });
  const text = new PassThrough();
  container.modem.demuxStream(stream, text, new PassThrough().resume());
  stream.on('end', () => text.end()).on('error', (error) => text.destroy(error));
  const total = /(\d+)\s+total/.exec((await buffer(text)).toString('utf8'))?.[1];
  if (total === undefined) {
    throw new EscaleError('unavailable', 'lab.usage', {
      message: 'La place que prend le labo n’a pas pu être mesurée.',
      hint: 'Le labo est peut-être en train de s’arrêter ; réessayez dans une minute.',
    });
  }
  return Number(total);
}
