import { posix } from 'node:path';
import type { ImageFacts } from '../../../lab-engine/definitions.ts';
import type { LabView } from '../../definitions.ts';
import type { Instruction } from '../dockerfile/model.ts';
import { shellWords } from '../shell/shell-words.ts';

/**
 * The files and folders of the image that its Dockerfile copied, absolute and sorted. Null if that does not tell all that the build used:
 * a variable, a pattern or an address among the paths, a text that the image's history does not keep, files that are there for one
 * instruction only.
 */
export async function copiedPlaces(view: LabView, image: ImageFacts, instructions: readonly Instruction[]): Promise<string[] | null> {
  const places = new Set<string>();
  let folder = '/';
  for (const instruction of instructions) {
    const { keyword, text, json, flags, heredoc } = instruction;
    if (heredoc || (keyword === 'RUN' && flags.has('mount'))) return null;
    if (!['WORKDIR', 'COPY', 'ADD'].includes(keyword)) continue;
    const words = json ?? shellWords(text);
    const sources = words.slice(0, -1);
    if (text.includes('$') || sources.some((source) => /[*?[\]]|:\/\//.test(source))) return null;
    const target = posix.resolve(folder, words.at(-1) ?? '');
    if (keyword === 'WORKDIR') folder = target;
    else for (const source of sources) places.add(await placeOf(view, image, instruction, source, { target, open: isOpen(words) }));
  }
  return [...places].sort();
}

/** Whether the destination is written as a folder. */
function isOpen(words: readonly string[]): boolean {
  return words.length > 2 || /(^|\/)\.{0,2}$/.test(words.at(-1) ?? '');
}

/** Of a folder, what is in it is copied; a file keeps its name in a folder. */
async function placeOf(
  view: LabView,
  image: ImageFacts,
  { flags }: Instruction,
  source: string,
  { target, open }: { target: string; open: boolean },
): Promise<string> {
  const inside = posix.join(target, posix.basename(source));
  if (flags.has('from')) return open && (await view.images.stat(image.id, inside)) !== null ? inside : target;
  if (await isFolder(view, source)) return target;
  return open || (await view.images.stat(image.id, target))?.kind === 'folder' ? inside : target;
}

async function isFolder(view: LabView, source: string): Promise<boolean> {
  const path = posix.resolve('/', source).slice(1);
  return path === '' || (await view.entries()).some((entry) => entry.path === path && entry.kind === 'folder');
}
