import { posix } from 'node:path';
import type { ImageFacts } from '../../../lab-engine/definitions.ts';
import type { LabView } from '../../definitions.ts';
import { commandTools } from '../shell/command-tools.ts';
import { shellWords } from '../shell/shell-words.ts';
import { missingProgram } from './holds-program.ts';

export type ImageCommand =
  | { readonly state: 'starts'; readonly shellForm: boolean }
  | { readonly state: 'other'; readonly command: string }
  | { readonly state: 'single-quotes'; readonly command: string }
  | { readonly state: 'arguments-lost'; readonly command: string }
  | { readonly state: 'program-missing'; readonly program: string }
  | { readonly state: 'file-missing'; readonly path: string }
  | { readonly state: 'not-executable'; readonly path: string };

const PIPELINE = /\betl_pipeline\b/;
/** What the code of a program mentions if it runs the pipeline under another name. */
const RUNS_PIPELINE = /etl_pipeline|ETLPipeline|\bextract\b/;

/** The command of the image's containers, and the file that it runs. */
export async function imageCommand(view: LabView, image: ImageFacts): Promise<ImageCommand> {
  const { entrypoint, cmd } = image;
  const shellForm = isShell(entrypoint) || (entrypoint.length === 0 && isShell(cmd));
  const command = isShell(entrypoint) ? (entrypoint.at(-1) ?? '') : [...entrypoint, ...(isShell(cmd) ? cmd.slice(-1) : cmd)].join(' ');
  if (shellForm && /^\[.*'.*'.*\]$/.test(command.trim())) return { state: 'single-quotes', command };
  if (isShell(entrypoint) && !PIPELINE.test(command) && PIPELINE.test(cmd.join(' '))) return { state: 'arguments-lost', command };
  const words = shellForm ? shellWords(command) : [...entrypoint, ...cmd];
  const program = await missingProgram(view, image, shellForm ? commandTools(command) : words.slice(0, 1));
  if (program !== null) return { state: 'program-missing', program };
  const files = words.map((word) => fileOf(word, words)).filter((path) => path !== null);
  const paths = files.map((path) => posix.resolve(image.workdir, path));
  for (const path of paths) {
    const stat = await view.images.stat(image.id, path);
    if (stat === null && PIPELINE.test(path)) return { state: 'file-missing', path };
    if (stat?.kind === 'file' && path === posix.resolve(image.workdir, words[0] ?? '') && stat.mode % 2 === 0)
      return { state: 'not-executable', path };
    if (stat && (PIPELINE.test(path) || RUNS_PIPELINE.test((await view.images.text(image.id, path)) ?? '')))
      return { state: 'starts', shellForm };
  }
  const missing = paths[0];
  if (missing && paths.length === 1 && (await view.images.stat(image.id, missing)) === null)
    return { state: 'file-missing', path: missing };
  return PIPELINE.test(command) ? { state: 'starts', shellForm } : { state: 'other', command };
}

function isShell(command: readonly string[]): boolean {
  return (
    command.length === 3 && /\/(ba|da|a|z|k)?sh$/.test(command[0] ?? '') && command[1]?.startsWith('-') === true && command[1].endsWith('c')
  );
}

/** The file that a word of the command names: a script, whatever its ending, or the module after `-m`. */
function fileOf(word: string, words: readonly string[]): string | null {
  if (words[words.indexOf(word) - 1] === '-m') return `${word.replaceAll('.', '/')}.py`;
  return /\.(py|sh)$/.test(word) || /(^|\/)etl_pipeline\.\w+$/.test(word) || word.startsWith('./') ? word : null;
}
