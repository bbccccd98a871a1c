import type Docker from 'dockerode';
import type { EngineEvent, EngineImage, ImageFacts, LabEngine, TrialRun, TrialRunResult } from '../definitions.ts';
import { ask } from './ask.ts';
import { readEvents } from './docker-events.ts';
import { DockerImageFiles } from './docker-image-files.ts';
import { historySchema, imageInspectSchema, imageListSchema, toFacts } from './docker-replies.ts';
import { runTrial, TRIAL_LABEL } from './docker-trial.ts';
import { removeLabelled } from './remove-labelled.ts';

/** The newest images that a look considers. */
const IMAGES = 60;

/** A Docker Engine behind dockerode: a lab's, through its agent, or the learner's own. */
export class DockerEngine implements LabEngine {
  readonly #docker: Docker;
  readonly #files = new Map<string, Promise<unknown>>();

  constructor(docker: Docker) {
    this.#docker = docker;
  }

  async images(): Promise<readonly EngineImage[]> {
    const list = imageListSchema.parse(await ask(this.#docker.listImages()));
    return list
      .map((image) => ({
        id: image.Id,
        tags: (image.RepoTags ?? []).filter((tag) => tag !== '<none>:<none>'),
        createdMs: image.Created * 1000,
      }))
      .sort((a, b) => b.createdMs - a.createdMs)
      .slice(0, IMAGES);
  }

  async image(reference: string): Promise<ImageFacts | null> {
    const image = this.#docker.getImage(reference);
    const inspect = await ask(image.inspect(), { absent: null });
    if (inspect === null) return null;
    const history = await ask(image.history(), { absent: [] });
    return toFacts(imageInspectSchema.parse(inspect), historySchema.parse(history));
  }

  openImages(): DockerImageFiles {
    return new DockerImageFiles(this.#docker, this.#files);
  }

  tryInside(trial: string, run: TrialRun): Promise<TrialRunResult> {
    return runTrial(this.#docker, trial, run);
  }

  removeTrial(trial: string): Promise<void> {
    return removeLabelled(this.#docker, `${TRIAL_LABEL}=${trial}`);
  }

  events(onEvent: (event: EngineEvent) => void, signal: AbortSignal): Promise<void> {
    return readEvents(this.#docker, onEvent, signal);
  }
}
