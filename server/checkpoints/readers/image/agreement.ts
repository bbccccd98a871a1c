import type { ImageFacts } from '../../../lab-engine/definitions.ts';
import type { FinalImage, Instruction } from '../dockerfile/model.ts';
import { variablesOf } from '../dockerfile/variables.ts';
import { shellWords } from '../shell/shell-words.ts';
import { collapse, type HistoryStep, readStep } from './history.ts';

/** Instructions whose steps are compared one by one. The other steps of an image's history do not matter. */
const COMPARED = ['RUN', 'COPY', 'ADD', 'WORKDIR', 'USER', 'ENV', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK'];

/**
 * Compares an image with the Dockerfile. `differs` is the first instruction (from the top) that the image was not built
 * with, if any. `shared` counts the RUN and COPY that both have word for word: 0 for an unrelated image.
 */
export interface Agreement {
  readonly shared: number;
  readonly differs: Instruction | 'base' | 'more' | null;
}

export function agreementOf(image: ImageFacts, wanted: FinalImage, base: ImageFacts | null): Agreement {
  const steps = image.history.map((step) => readStep(step.createdBy)).filter((step) => COMPARED.includes(step.keyword));
  const expected = wanted.instructions.filter((instruction) => COMPARED.includes(instruction.keyword));
  const made = steps.slice(Math.max(0, steps.length - expected.length));
  const told = steps.filter((step) => !isHashed(step));
  const shared = expected.filter((instruction) => isWork(instruction) && told.some((step) => sameStep(instruction, step))).length;
  if (steps.length < expected.length) return { shared, differs: expected[0] ?? 'more' };
  const different = expected.find((instruction, index) => {
    const step = made[index];
    return !step || !sameStep(instruction, step);
  });
  if (different) return { shared, differs: different };
  const config = expected.find(
    (instruction) => expected.findLast((other) => other.keyword === instruction.keyword) === instruction && !sameConfig(instruction, image),
  );
  if (config) return { shared, differs: config };
  if (!samePython(wanted.base, image)) return { shared, differs: 'base' };
  return { shared, differs: hasMore(image, expected.length, base) ? 'more' : null };
}

function isWork(instruction: Instruction): boolean {
  return ['RUN', 'COPY', 'ADD'].includes(instruction.keyword) && !instruction.heredoc;
}

/** Same kind, and same text if the builder keeps it: always for RUN, for COPY unless the classic builder hashed it. */
function sameStep(instruction: Instruction, step: HistoryStep): boolean {
  if (instruction.keyword !== step.keyword) return false;
  if (instruction.heredoc) return true;
  if (instruction.keyword === 'RUN') {
    const wanted = instruction.json ? instruction.json.join(' ') : instruction.text;
    return step.text.endsWith(collapse(wanted));
  }
  if (instruction.keyword === 'COPY' || instruction.keyword === 'ADD') {
    if (instruction.text.includes('$') || isHashed(step)) return true;
    const words = instruction.json ?? shellWords(instruction.text);
    return collapse(words.join(' ')) === collapse(shellWords(step.text).join(' '));
  }
  return true;
}

/** A COPY of the classic builder, which keeps no text: it may be any COPY. */
function isHashed({ text }: HistoryStep): boolean {
  return /^(file|dir|multi):[0-9a-f]{20,}/.test(text);
}

/** Whether the image's configuration, which tells more than its history, fits the instruction. Values with variables are not compared. */
function sameConfig(instruction: Instruction, image: ImageFacts): boolean {
  const { keyword, text, json } = instruction;
  if (keyword === 'ENV')
    return variablesOf(instruction).every(([name, value]) => value.includes('$') || image.env.includes(`${name}=${value}`));
  if (keyword === 'USER') return text.includes('$') || image.user === shellWords(text)[0];
  if (keyword === 'WORKDIR') return !text.startsWith('/') || text.includes('$') || image.workdir === text.replace(/(?<=.)\/+$/, '');
  if (keyword === 'CMD') return sameCommand(json, text, image.cmd);
  if (keyword === 'ENTRYPOINT') return sameCommand(json, text, image.entrypoint);
  if (keyword !== 'HEALTHCHECK') return true;
  if (/^NONE\b/i.test(text)) return image.health?.test[0] === 'NONE';
  return image.health !== null && sameCommand(json, text.replace(/^CMD\s+/i, ''), image.health.test.slice(1));
}

function sameCommand(json: readonly string[] | null, text: string, kept: readonly string[]): boolean {
  if (json) return json.length === kept.length && json.every((word, index) => word === kept[index]);
  return collapse(kept.at(-1) ?? '') === collapse(text);
}

/** Python images have their version in a variable, the only trace of the base that is left after a build. */
function samePython(base: string, image: ImageFacts): boolean {
  const wanted = /(?:^|\/)python:(\d+\.\d+)/.exec(base)?.[1];
  const found = image.env.find((variable) => variable.startsWith('PYTHON_VERSION='))?.slice('PYTHON_VERSION='.length);
  return !wanted || !found || found === wanted || found.startsWith(`${wanted}.`);
}

/** If the engine has the base image under its name, steps between it and the file's own steps come from an older Dockerfile. */
function hasMore(image: ImageFacts, expected: number, base: ImageFacts | null): boolean {
  if (!base || base.history.length === 0 || base.history.some((step, index) => image.history[index]?.createdBy !== step.createdBy))
    return false;
  const own = image.history.slice(base.history.length).filter((step) => COMPARED.includes(readStep(step.createdBy).keyword));
  return own.length > expected;
}
