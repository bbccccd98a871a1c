import type Docker from 'dockerode';
import { ask } from './ask.ts';
import type { TrialRun, TrialRunResult } from './definitions.ts';
import { execInside } from './docker-containers.ts';
import { LabUnavailable } from './lab-unavailable.ts';
import { remove } from './remove-labelled.ts';
import { TRIAL_LABEL } from './trial-names.ts';

const OUTPUT_BYTES = 64 * 1024;
/** Added to the command's own time: creating, starting and removing the container. */
const MARGIN_S = 120;

/** Runs a command as `docker exec` would, in a container of the image that only waits and has no network. */
export async function runTrial(docker: Docker, trial: string, run: TrialRun): Promise<TrialRunResult> {
  const container = await ask(
    docker.createContainer({
      Image: run.image,
      Entrypoint: ['sleep', String(Math.ceil(run.timeoutMs / 1000) + MARGIN_S)],
      Cmd: [],
      Labels: { [TRIAL_LABEL]: trial },
      Healthcheck: { Test: ['NONE'] },
      HostConfig: { NetworkMode: 'none' },
    }),
  );
  try {
    const refused = await startOrRefusal(container);
    if (refused) return refused;
    const result = await execInside(docker, container.id, { argv: run.argv, timeoutMs: run.timeoutMs, maxBytes: OUTPUT_BYTES });
    if (result === null) throw new LabUnavailable('engine');
    return result;
  } finally {
    await remove(container);
  }
}

/** The engine answers a start that the image makes impossible (no such user, no `sleep`) with a message: code 125, as `docker run` does. */
async function startOrRefusal(container: Docker.Container): Promise<TrialRunResult | null> {
  try {
    await ask(container.start());
    return null;
  } catch (error) {
    const cause = error instanceof LabUnavailable ? error.cause : error;
    if (!(cause instanceof Error) || !('statusCode' in cause) || cause.statusCode === 502 || cause.statusCode === 503) throw error;
    return { code: 125, timedOut: false, output: cause.message.slice(0, OUTPUT_BYTES) };
  }
}
