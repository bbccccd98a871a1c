import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { EscaleError } from '../../errors/escale-error.ts';
import type { LabAgent } from '../agents/definitions.ts';

/** The largest project that is archived; a lab's agent may be forged and send without end. */
const ARCHIVE_BYTES = 4 * 1024 ** 3;
/** Archives kept of one lab, the newest. */
const ARCHIVES_KEPT = 10;

export interface ResetOptions {
  readonly lab: string;
  readonly agent: LabAgent;
  readonly emptyEngine: (agent: LabAgent, signal: AbortSignal) => Promise<void>;
  readonly starter: () => Promise<Readable>;
  readonly archives: string;
  readonly signal: AbortSignal;
}

/** Archives the project, empties the lab's engine, puts the starter back. Gives the archive's path, or null when there was no project. */
export async function resetLab({ lab, agent, emptyEngine, starter, archives, signal }: ResetOptions): Promise<string | null> {
  const archive = await archiveProject({ lab, agent, archives, signal });
  await agent.engine('start');
  await emptyEngine(agent, signal);
  await agent.putTree(await starter());
  return archive;
}

async function archiveProject({ lab, agent, archives, signal }: Omit<ResetOptions, 'emptyEngine' | 'starter'>): Promise<string | null> {
  const { entries } = await agent.tree().catch(noProject);
  if (entries.length === 0) return null;
  await mkdir(archives, { recursive: true, mode: 0o700 });
  const path = join(archives, `${lab}-${new Date().toISOString().replaceAll(':', '-')}.tar`);
  try {
    await pipeline(await agent.getTree(), atMost(ARCHIVE_BYTES), createWriteStream(path, { mode: 0o600, flags: 'wx' }), { signal });
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
  const older = (await readdir(archives)).filter((name) => name.startsWith(`${lab}-2`) && name.endsWith('.tar')).sort();
  await Promise.all(older.slice(0, -ARCHIVES_KEPT).map((name) => rm(join(archives, name), { force: true })));
  return path;
}

/** A project folder that was removed is nothing to archive; any other failure is one. */
function noProject(error: unknown): { entries: readonly never[] } {
  if (error instanceof EscaleError && error.kind === 'not-found') return { entries: [] };
  throw error;
}

function atMost(limit: number): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      if (seen <= limit) done(null, chunk);
      else
        done(
          new EscaleError('unavailable', 'lab.archive-too-large', {
            message: 'Le projet dépasse 4 Gio : il n’a pas été archivé, et le labo n’a pas été réinitialisé.',
            hint: 'Retirez du projet les gros fichiers (données, archives), puis recommencez.',
          }),
        );
    },
  });
}
