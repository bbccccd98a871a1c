import { stripVTControlCharacters } from 'node:util';
import type Docker from 'dockerode';
import { ask } from './ask.ts';
import { containerInspectSchema, containerListSchema, toContainer } from './container-replies.ts';
import type { ContainerFacts, ContainerRun, TrialRunResult } from './definitions.ts';
import { demultiplex, withoutHeaders } from './demultiplex.ts';
import { LOOK_LABEL } from './docker-image-files.ts';
import { TRIAL_LABEL } from './trial-names.ts';

/** The newest containers that a look considers. */
const CONTAINERS = 100;
const EXEC_BYTES = 256 * 1024;
/** The last lines that are asked for. The engine keeps a long line in pieces of 16 KiB, each of which counts as one: all of them are bounded. */
const LOG_LINES = 1000;

export async function listContainers(docker: Docker): Promise<readonly ContainerFacts[]> {
  const list = containerListSchema
    .parse(await ask(docker.listContainers({ all: true })))
    .filter(({ Labels }) => !(LOOK_LABEL in Labels) && !(TRIAL_LABEL in Labels))
    .sort((a, b) => b.Created - a.Created)
    .slice(0, CONTAINERS);
  const inspected = await Promise.all(list.map(({ Id }) => inspectContainer(docker, Id)));
  return inspected.filter((found) => found !== null);
}

export async function inspectContainer(docker: Docker, reference: string): Promise<ContainerFacts | null> {
  const found = await ask(docker.getContainer(reference).inspect(), { absent: null });
  return found === null ? null : toContainer(containerInspectSchema.parse(found));
}

/** The last `maxBytes` of what a container wrote. */
export async function containerLogs(docker: Docker, id: string, options: { maxBytes: number; sinceMs?: number }): Promise<string> {
  const container = docker.getContainer(id);
  const inspect = await ask(container.inspect(), { absent: null });
  if (inspect === null) return '';
  const since = options.sinceMs === undefined ? {} : { since: Math.floor(options.sinceMs / 1000) };
  const raw = await ask(container.logs({ follow: false, stdout: true, stderr: true, tail: LOG_LINES, ...since }), {
    absent: Buffer.alloc(0),
  });
  const bytes = inspect.Config.Tty ? raw : withoutHeaders(raw);
  return stripVTControlCharacters(bytes.subarray(-options.maxBytes).toString('utf8')).replaceAll('\r\n', '\n');
}

/** As `docker exec`: null where the container is not there or does not run. */
export async function execInside(docker: Docker, id: string, run: ContainerRun): Promise<TrialRunResult | null> {
  const create = {
    Cmd: [...run.argv],
    AttachStdout: true,
    AttachStderr: true,
    ...(run.env === undefined ? {} : { Env: [...run.env] }),
    ...(run.user === undefined ? {} : { User: run.user }),
  };
  const exec = await ask(docker.getContainer(id).exec(create), { absent: null, also: [409] });
  if (exec === null) return null;
  const stream = await ask(exec.start({ Detach: false, Tty: false }), { absent: null, also: [409] });
  if (stream === null) return null;
  const { output, timedOut } = await demultiplex(stream, run.maxBytes ?? EXEC_BYTES, run.timeoutMs);
  if (timedOut) return { code: 124, timedOut, output };
  const { ExitCode } = await ask(exec.inspect());
  return { code: ExitCode ?? 125, timedOut, output };
}
