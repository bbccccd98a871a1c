import type {
  ContainerFacts,
  EngineImage,
  ImageFacts,
  ImageFiles,
  LabEngine,
  NetworkFacts,
  PathStat,
  TrialRun,
  TrialRunResult,
} from '../../../../../server/lab-engine/definitions.ts';
import { LabUnavailable } from '../../../../../server/lab-engine/lab-unavailable.ts';

/** An engine in memory: images with their files, and what a command tried inside gives. */
export class FakeEngine implements LabEngine {
  readonly all: ImageFacts[] = [];
  readonly files = new Map<string, string>();
  readonly running: ContainerFacts[] = [];
  readonly nets: NetworkFacts[] = [];
  readonly removed: string[] = [];
  answer: TrialRunResult = { code: 1, timedOut: false, output: '' };
  log = '';
  down = false;
  looks = 0;

  within(): LabEngine {
    return this;
  }

  async images(): Promise<readonly EngineImage[]> {
    this.#ask();
    this.looks += 1;
    return this.all;
  }

  async image(reference: string): Promise<ImageFacts | null> {
    this.#ask();
    return this.all.find((image) => image.id === reference || image.tags.includes(reference)) ?? null;
  }

  openImages(): ImageFiles & { close(): Promise<void> } {
    return {
      stat: async (_image, path): Promise<PathStat | null> => {
        const text = this.files.get(path);
        return text === undefined ? null : { kind: 'file', mode: 0o755, size: text.length, target: null };
      },
      text: async (_image, path) => this.files.get(path) ?? null,
      firstFile: async (_image, folder) => [...this.files.keys()].find((path) => path.startsWith(`${folder}/`)) ?? null,
      digest: async (_image, path) => {
        const found = [...this.files].filter(([name]) => name === path || name.startsWith(`${path}/`));
        return found.length === 0 ? null : JSON.stringify(found);
      },
      layers: async (image) => [`layer of ${image}`],
      close: async () => undefined,
    };
  }

  async containers(): Promise<readonly ContainerFacts[]> {
    this.#ask();
    return this.running;
  }

  async container(reference: string): Promise<ContainerFacts | null> {
    this.#ask();
    return this.running.find(({ id, name }) => id === reference || name === reference) ?? null;
  }

  async networks(): Promise<readonly NetworkFacts[]> {
    this.#ask();
    return this.nets;
  }

  async logs(): Promise<string> {
    return this.log;
  }

  async execIn(): Promise<TrialRunResult | null> {
    return null;
  }

  async tryInside(_trial: string, _run: TrialRun): Promise<TrialRunResult> {
    this.#ask();
    return this.answer;
  }

  async removeTrial(trial: string): Promise<void> {
    this.#ask();
    this.removed.push(trial);
  }

  async removeLooks(): Promise<void> {
    this.#ask();
  }

  async events(): Promise<void> {}

  #ask(): void {
    if (this.down) throw new LabUnavailable('engine');
  }
}
