import { posix } from 'node:path';
import type { Where } from '../../../../contract/verdict.ts';
import type { ImageFacts } from '../../../lab-engine/definitions.ts';
import type { LabView } from '../../definitions.ts';
import { copiedSources, copyTarget, plainSource } from '../dockerfile/copied-sources.ts';
import { ignoredBy, ignoreRules } from '../dockerfile/ignore-rules.ts';
import { installCommands } from '../dockerfile/install-commands.ts';
import type { FinalImage, Instruction } from '../dockerfile/model.ts';
import { at, written } from '../dockerfile/quote.ts';
import { ownImports } from '../python/own-imports.ts';
import { codeFiles, PROGRAM } from '../python/project-code.ts';

/** A file of the project that the program needs and that the image does not have. */
export interface MissingCode {
  readonly file: string;
  /** French: why, after « l’image n’a pas … ». */
  readonly why: string;
  readonly where: Where;
  readonly look: string;
}

const SETTINGS = /^config\/[^/]+\.(ya?ml|json|toml|ini)$/;

/** The first file that the pipeline imports or reads and that is not beside it in the image. `path`: where the pipeline is; by default, in the working folder. */
export async function missingCode(
  view: LabView,
  image: ImageFacts,
  wanted: FinalImage,
  path = posix.join(image.workdir || '/', PROGRAM),
): Promise<MissingCode | null> {
  if (wanted.instructions.some((one) => installCommands(one).some(({ from }) => from === 'project'))) return null;
  const files = await codeFiles(view);
  const folders = [...new Set([posix.dirname(path), image.workdir || '/', ...pythonPath(image)])];
  for (const { file, module, importer } of ownImports(PROGRAM, files)) {
    if (await isInside(view, image, folders, file)) continue;
    const { why, where, look } = await reasonOf(view, wanted, file);
    return { file, why: `que \`${importer}\` importe par \`${module}\` : ${why}`, where, look };
  }
  return hiddenSettings(view, image, wanted, folders);
}

/** A file of settings that the code names and that `.dockerignore` keeps out, unless Compose mounts it. */
async function hiddenSettings(
  view: LabView,
  image: ImageFacts,
  wanted: FinalImage,
  folders: readonly string[],
): Promise<MissingCode | null> {
  const [files, rules, compose] = await Promise.all([codeFiles(view), ignoreRules(view), view.file('docker-compose.yml')]);
  if (/^\s*-\s*["']?\.(\/config\S*)?\/?:/m.test(compose ?? '')) return null;
  for (const { path: file, kind } of await view.entries()) {
    if (kind !== 'file' || !SETTINGS.test(file) || ignoredBy(rules, file) === null) continue;
    if (!files.some(({ text }) => text.includes(posix.basename(file))) || (await isInside(view, image, folders, file))) continue;
    const { why, where, look } = await reasonOf(view, wanted, file);
    return { file, why: `que le programme lit : ${why}`, where, look };
  }
  return null;
}

async function isInside(view: LabView, image: ImageFacts, folders: readonly string[], file: string): Promise<boolean> {
  for (const folder of folders) if ((await view.images.stat(image.id, posix.join(folder, file))) !== null) return true;
  return false;
}

async function reasonOf(view: LabView, wanted: FinalImage, file: string): Promise<Omit<MissingCode, 'file'>> {
  const rule = ignoredBy(await ignoreRules(view), file);
  if (rule !== null)
    return {
      why: `\`${rule.file}\` l’écarte par \`${rule.text}\` (ligne ${rule.line})`,
      where: { file: rule.file, line: rule.line },
      look: `Retirez cette ligne, ou écrivez \`!${file}\` après elle, puis reconstruisez.`,
    };
  const root = file.split('/')[0] ?? '';
  const copies = wanted.instructions.filter((one) => copiedSources(one).length > 0);
  const flattening = copies.find((one) => copiedSources(one).some((source) => plainSource(source) === root) && !endsWith(one, root));
  if (flattening !== undefined && root !== file)
    return {
      why: `\`${written(flattening)}\` (ligne ${flattening.line}) copie le contenu de \`${root}/\` dans \`${copyTarget(flattening)}\`, sans le dossier lui-même`,
      where: at(flattening),
      look: `Nommez le dossier à l’arrivée aussi : \`COPY ${root}/ ${root}/\`.`,
    };
  if (copies.some((one) => copiedSources(one).some((source) => ['', root, file].includes(plainSource(source)))))
    return {
      why: 'elle a été construite avant que ce fichier existe, ou le copie ailleurs',
      where: at(copies.at(-1)),
      look: 'Reconstruisez-la : `docker build -t etl .` ; sinon, vérifiez la destination de chaque `COPY`.',
    };
  return {
    why: 'aucun `COPY` ne l’apporte',
    where: at(copies.at(-1) ?? wanted.instructions.at(-1)),
    look: root === file ? `Ajoutez \`COPY ${file} .\`.` : `Ajoutez \`COPY ${root}/ ${root}/\`.`,
  };
}

function endsWith(copy: Instruction, folder: string): boolean {
  return posix.basename(copyTarget(copy).replace(/\/+$/, '')) === folder;
}

function pythonPath(image: ImageFacts): string[] {
  const value = image.env.find((variable) => variable.startsWith('PYTHONPATH='))?.slice('PYTHONPATH='.length) ?? '';
  return value.split(':').filter((folder) => folder.startsWith('/'));
}
