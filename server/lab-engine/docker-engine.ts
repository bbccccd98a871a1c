import type Docker from 'dockerode';
import { abortable } from './abortable.ts';
import { ask } from './ask.ts';
import type {
  ContainerFacts,
  ContainerRun,
  EngineEvent,
  EngineImage,
  ImageFacts,
  LabEngine,
  NetworkFacts,
  TrialRun,
  TrialRunResult,
} from './definitions.ts';
import { containerLogs, execInside, inspectContainer, listContainers } from './docker-containers.ts';
import { readEvents } from './docker-events.ts';
import { DockerImageFiles, LOOK_LABEL } from './docker-image-files.ts';
import { listNetworks } from './docker-networks.ts';
import { historySchema, imageInspectSchema, imageListSchema, toFacts } from './docker-replies.ts';
import { runTrial } from './docker-trial.ts';
import { removeLabelled } from './remove-labelled.ts';
import { removeTrial } from './remove-trial.ts';
import { TRIAL_LABEL } from './trial-names.ts';
import { PROJECT_LABEL, WORKSHOP } from './workshop-project.ts';

/** Maximum number of images in a look, newest first. */
const IMAGES = 60;
const KEPT = 500;

/** A cache of answers that never change, shared by all looks. */
interface Kept {
  readonly facts: Map<string, ImageFacts>;
  readonly files: Map<string, Promise<unknown>>;
}

/** A Docker Engine, reached with dockerode: a lab's, through its agent, or the learner's own. */
export class DockerEngine implements LabEngine {
  /** Its requests are aborted by the signal of `within`. */
  readonly #docker: Docker;
  /** Without that signal, for removals that must happen anyway. */
  readonly #lasting: Docker;
  readonly #kept: Kept;

  constructor(docker: Docker, lasting = docker, kept: Kept = { facts: new Map(), files: new Map() }) {
    this.#docker = docker;
    this.#lasting = lasting;
    this.#kept = kept;
  }

  within(signal: AbortSignal): DockerEngine {
    return new DockerEngine(abortable(this.#lasting, signal), this.#lasting, this.#kept);
  }

  async images(): Promise<readonly EngineImage[]> {
    const list = imageListSchema.parse(await ask(this.#docker.listImages()));
    return list
      .filter(({ Labels }) => !(TRIAL_LABEL in Labels) && Labels[PROJECT_LABEL] !== WORKSHOP)
      .map((image) => ({
        id: image.Id,
        tags: (image.RepoTags ?? []).filter((tag) => tag !== '<none>:<none>'),
        createdMs: image.Created * 1000,
      }))
      .sort((a, b) => b.createdMs - a.createdMs)
      .slice(0, IMAGES);
  }

  /** Cached by id: an image never changes. Only its names do, and these are in `images()`. */
  async image(reference: string): Promise<ImageFacts | null> {
    const known = this.#kept.facts.get(reference);
    if (known) return known;
    const image = this.#docker.getImage(reference);
    const inspect = await ask(image.inspect(), { absent: null });
    if (inspect === null) return null;
    const seen = imageInspectSchema.parse(inspect);
    const same = this.#kept.facts.get(seen.Id);
    if (same) return { ...same, tags: seen.RepoTags ?? [] };
    const history = await ask(image.history(), { absent: [] });
    const facts = toFacts(seen, historySchema.parse(history));
    if (this.#kept.facts.size >= KEPT) this.#kept.facts.clear();
    this.#kept.facts.set(facts.id, facts);
    return facts;
  }

  openImages(): DockerImageFiles {
    return new DockerImageFiles(this.#docker, { lasting: this.#lasting, cache: this.#kept.files });
  }

  containers(): Promise<readonly ContainerFacts[]> {
    return listContainers(this.#docker);
  }

  container(reference: string): Promise<ContainerFacts | null> {
    return inspectContainer(this.#docker, reference);
  }

  networks(): Promise<readonly NetworkFacts[]> {
    return listNetworks(this.#docker);
  }

  logs(container: string, options: { maxBytes: number; sinceMs?: number }): Promise<string> {
    return containerLogs(this.#docker, container, options);
  }

  execIn(container: string, run: ContainerRun): Promise<TrialRunResult | null> {
    return execInside(this.#docker, container, run);
  }

  tryInside(trial: string, run: TrialRun): Promise<TrialRunResult> {
    return runTrial(this.#docker, trial, run);
  }

  removeTrial(trial: string): Promise<void> {
    return removeTrial(this.#docker, trial);
  }

  async removeLooks(): Promise<void> {
    await removeLabelled(this.#docker, LOOK_LABEL);
  }

  events(onEvent: (event: EngineEvent) => void, signal: AbortSignal): Promise<void> {
    return readEvents(this.#docker, onEvent, signal);
  }
}
