import { posix } from 'node:path';
import type { ImageFacts } from '../../../lab-engine/definitions.ts';
import type { LabView } from '../../definitions.ts';
import { commandTools } from '../shell/command-tools.ts';
import { readStep, runsNothing, shellCommands, startedBy } from '../shell/read-step.ts';
import { missingProgram, pathOfProgram } from './holds-program.ts';

export type ImageCommand =
  /** `path`: where the pipeline is in the image, if a file of it is run. */
  | { readonly state: 'starts'; readonly shellForm: boolean; readonly path: string | null }
  | { readonly state: 'other'; readonly command: string }
  | { readonly state: 'single-quotes'; readonly command: string }
  | { readonly state: 'one-word'; readonly command: string }
  | { readonly state: 'arguments-lost'; readonly command: string }
  /** The script of `ENTRYPOINT` neither runs the pipeline nor what `CMD` gives it. */
  | { readonly state: 'arguments-unused'; readonly path: string }
  | { readonly state: 'program-missing'; readonly program: string }
  | { readonly state: 'file-missing'; readonly path: string }
  /** A script whose lines end as on Windows. */
  | { readonly state: 'crlf'; readonly path: string }
  | { readonly state: 'not-executable'; readonly path: string };

type Found = Exclude<ImageCommand, { state: 'starts' }> | { readonly state: 'starts'; readonly path: string | null };

const PIPELINE = /\betl_pipeline\b/;
/** What the code of a program mentions if it runs the pipeline under another name. */
const RUNS_PIPELINE = /etl_pipeline|ETLPipeline|\bextract\b/;
/** Scripts that call scripts: more levels are not followed. */
const DEPTH = 4;

/** What the image's containers run, followed through shells and scripts to the pipeline. */
export async function imageCommand(view: LabView, image: ImageFacts): Promise<ImageCommand> {
  const { entrypoint, cmd } = image;
  const entryText = shellText(entrypoint);
  const text = entryText ?? (entrypoint.length === 0 ? shellText(cmd) : null);
  const command = text ?? [...entrypoint, ...(shellText(cmd) === null ? cmd : cmd.slice(-1))].join(' ');
  if (text !== null && /^\[.*'.*'.*\]$/.test(text.trim())) return { state: 'single-quotes', command };
  if (entryText !== null && !PIPELINE.test(entryText) && !takesArguments(entryText) && PIPELINE.test(cmd.join(' ')))
    return { state: 'arguments-lost', command };
  const words = [...entrypoint, ...cmd];
  const [first = ''] = words;
  const program = await missingProgram(view, image, [first, ...(text === null ? [] : commandTools(text))]);
  if (program !== null) return /\s/.test(first) ? { state: 'one-word', command: first } : { state: 'program-missing', program };
  const found = await new Followed(view, image, command).run(words, image.workdir || '/', DEPTH);
  if (found.state !== 'starts') return found;
  return { ...found, shellForm: text !== null && !/(^|[;&|]\s*)exec\s/.test(text) };
}

class Followed {
  readonly #view: LabView;
  readonly #image: ImageFacts;
  readonly #other: Found;

  constructor(view: LabView, image: ImageFacts, command: string) {
    this.#view = view;
    this.#image = image;
    this.#other = { state: 'other', command };
  }

  async run(words: readonly string[], folder: string, depth: number): Promise<Found> {
    const step = readStep(words);
    if (depth === 0 || step.kind === 'folder' || step.kind === 'arguments') return this.#other;
    switch (step.kind) {
      case 'code':
        return RUNS_PIPELINE.test(step.code) ? { state: 'starts', path: null } : this.#other;
      case 'module':
        return this.#module(step.module, folder);
      case 'python':
        return this.#file(step.file, folder);
      case 'shell':
        return this.#commands(step.text, /\$0/.test(step.text) ? step.args : step.args.slice(1), folder, depth);
      case 'script':
        return this.#script(posix.resolve(folder, step.file), step.args, folder, depth);
      case 'program': {
        if (step.name.startsWith('$')) return PIPELINE.test(words.join(' ')) ? { state: 'starts', path: null } : this.#other;
        const path = await pathOfProgram(this.#view, this.#image, step.name, folder);
        const text = path && (await this.#view.images.text(this.#image.id, path));
        if (path && text?.startsWith('#!')) return this.#executed(path, text, step.args, folder, depth);
        const started = startedBy(step);
        return started === null ? this.#other : this.run(started, folder, depth);
      }
    }
  }

  /** A file that the kernel starts by its first line. */
  async #executed(path: string, text: string, args: readonly string[], folder: string, depth: number): Promise<Found> {
    const [line = ''] = text.split('\n');
    const stat = await this.#view.images.stat(this.#image.id, path);
    if (stat?.kind === 'file' && stat.mode % 2 === 0) return { state: 'not-executable', path };
    if (line.endsWith('\r')) return { state: 'crlf', path };
    if (!/python/.test(line)) return this.#script(path, args, folder, depth);
    return RUNS_PIPELINE.test(`${path}\n${text}`) ? { state: 'starts', path: PIPELINE.test(path) ? path : null } : this.#other;
  }

  async #module(module: string, folder: string): Promise<Found> {
    const path = posix.resolve(folder, `${module.trim().replaceAll('.', '/')}.py`);
    if ((await this.#view.images.stat(this.#image.id, path)) !== null) return this.#file(path, folder);
    return PIPELINE.test(module) ? { state: 'file-missing', path } : this.#file(path.replace(/\.py$/, '/__main__.py'), folder);
  }

  async #file(file: string, folder: string): Promise<Found> {
    const path = posix.resolve(folder, file);
    const stat = await this.#view.images.stat(this.#image.id, path);
    if (stat === null) return /\s/.test(file) ? { state: 'one-word', command: file } : { state: 'file-missing', path };
    if (PIPELINE.test(path)) return { state: 'starts', path };
    return RUNS_PIPELINE.test((await this.#view.images.text(this.#image.id, path)) ?? '') ? { state: 'starts', path: null } : this.#other;
  }

  async #script(path: string, args: readonly string[], folder: string, depth: number): Promise<Found> {
    const text = await this.#view.images.text(this.#image.id, path);
    if (text === null) return { state: 'file-missing', path };
    if (text.includes('\r\n')) return { state: 'crlf', path };
    const found = await this.#commands(text, args, folder, depth - 1);
    if (found.state !== 'other' || !PIPELINE.test(args.join(' '))) return found;
    return takesArguments(text) ? this.run(args, folder, depth - 1) : { state: 'arguments-unused', path };
  }

  /** The first command that starts the pipeline; otherwise the first that is at fault. */
  async #commands(text: string, args: readonly string[], folder: string, depth: number): Promise<Found> {
    let at = folder;
    let fault: Found | null = null;
    for (const words of shellCommands(text)) {
      const step = readStep(words);
      if (step.kind === 'folder') at = posix.resolve(at, step.folder);
      const command = step.kind === 'arguments' ? args : words;
      const found = await this.run(command, at, depth);
      if (found.state === 'starts') return found;
      if (found.state !== 'other') fault ??= found;
    }
    return fault ?? this.#other;
  }
}

/** Whether a shell text may run the arguments that it is given. Printing them does not count. */
function takesArguments(text: string): boolean {
  return shellCommands(text).some((words) => !runsNothing(words) && words.some((word) => /\$(@|\*|\{[@*]|\{?[1-9])/.test(word)));
}

/** The text of `sh -c`, in Docker's shell form or written out. */
function shellText(command: readonly string[]): string | null {
  const step = command.length < 3 ? null : readStep(command);
  return step?.kind === 'shell' ? step.text : null;
}
