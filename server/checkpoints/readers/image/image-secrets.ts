import { posix } from 'node:path';
import type { ImageFacts } from '../../../lab-engine/definitions.ts';
import type { LabView } from '../../definitions.ts';
import { isSecretName, passwordInUrl } from '../../mask.ts';
import type { DockerfileModel, Instruction } from '../dockerfile/model.ts';
import { variablesOf } from '../dockerfile/variables.ts';
import { readStep } from './history.ts';

/** A secret that whoever has the image can read. Its value is never part of it. */
export interface ImageSecret {
  readonly kind: 'env' | 'arg' | 'run' | 'file';
  /** The variable, or the file. */
  readonly name: string;
  readonly instruction: Instruction | null;
}

const SECRET_FILES = ['.env', 'id_rsa', '.pgpass', '.netrc'];

export async function imageSecrets(view: LabView, image: ImageFacts, model: DockerfileModel): Promise<ImageSecret[]> {
  const instructions = model.stages.flatMap((stage) => [stage.from, ...stage.instructions]);
  return [
    ...inVariables(image, instructions),
    ...inRuns(instructions),
    ...inBuildArguments(image, instructions),
    ...(await inFiles(view, image, instructions)),
  ];
}

function inVariables(image: ImageFacts, instructions: readonly Instruction[]): ImageSecret[] {
  const written = instructions.flatMap((instruction) =>
    variablesOf(instruction)
      .filter(([name, value]) => isSecret(name, value))
      .map(([name]): ImageSecret => ({ kind: instruction.keyword === 'ARG' ? 'arg' : 'env', name, instruction })),
  );
  const kept = image.env
    .map((variable) => [variable.slice(0, variable.indexOf('=')), variable.slice(variable.indexOf('=') + 1)] as const)
    .filter(([name, value]) => isSecret(name, value) && !written.some((secret) => secret.name === name))
    .map(([name]): ImageSecret => ({ kind: 'env', name, instruction: setterOf(name, instructions) }));
  return [...written, ...kept];
}

function inRuns(instructions: readonly Instruction[]): ImageSecret[] {
  return instructions
    .filter(
      ({ keyword, text }) =>
        keyword === 'RUN' && (hasPassword(text) || /\b\w*(PASSWORD|SECRET|TOKEN)\w*=(?!["']?\$)["']?[^\s"'$]/i.test(text)),
    )
    .map((instruction) => ({ kind: 'run', name: 'RUN', instruction }));
}

/** A value given by `--build-arg` stays in the history of each RUN that could see it. */
function inBuildArguments(image: ImageFacts, instructions: readonly Instruction[]): ImageSecret[] {
  const given = image.history.flatMap(({ createdBy }) => readStep(createdBy).args);
  const names = given
    .filter((arg) => isSecret(arg.slice(0, arg.indexOf('=')), arg.slice(arg.indexOf('=') + 1)))
    .map((arg) => arg.slice(0, arg.indexOf('=')));
  return [...new Set(names)].map((name) => ({ kind: 'arg', name, instruction: setterOf(name, instructions) }));
}

async function inFiles(view: LabView, image: ImageFacts, instructions: readonly Instruction[]): Promise<ImageSecret[]> {
  const found: ImageSecret[] = [];
  for (const name of SECRET_FILES) {
    const path = posix.join(image.workdir, name);
    const stat = await view.images.stat(image.id, path);
    if (stat?.kind === 'file' && stat.size > 0) found.push({ kind: 'file', name: path, instruction: copierOf(name, instructions) });
  }
  return found;
}

function isSecret(name: string, value: string): boolean {
  if (value === '' || /^\$/.test(value)) return false;
  return isSecretName(name) || hasPassword(value);
}

function hasPassword(text: string): boolean {
  const password = passwordInUrl(text);
  return password !== null && !/^\$/.test(password);
}

function setterOf(name: string, instructions: readonly Instruction[]): Instruction | null {
  return (
    instructions.find(
      ({ keyword, text }) => (keyword === 'ENV' || keyword === 'ARG') && new RegExp(`(^|\\s)${name}(=|\\s|$)`).test(text),
    ) ?? null
  );
}

function copierOf(name: string, instructions: readonly Instruction[]): Instruction | null {
  const copies = instructions.filter(({ keyword, flags }) => (keyword === 'COPY' || keyword === 'ADD') && !flags.has('from'));
  return copies.find(({ text }) => text.includes(name)) ?? copies.find(({ text }) => /^\.{1,2}\/?\s/.test(text)) ?? null;
}
