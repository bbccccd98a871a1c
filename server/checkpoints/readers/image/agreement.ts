import type { ImageFacts } from '../../../lab-engine/definitions.ts';
import type { FinalImage, Instruction } from '../dockerfile/model.ts';
import { variablesOf } from '../dockerfile/variables.ts';
import { shellWords } from '../shell/shell-words.ts';
import { collapse, type HistoryStep, readStep } from './history.ts';

/** Instructions whose steps are compared one by one; what else an image's history holds does not change what is judged. */
const COMPARED = ['RUN', 'COPY', 'ADD', 'WORKDIR', 'USER', 'ENV', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK'];

/**
 * How an image stands to the Dockerfile: the first instruction (from the top) that it was not built with, or none.
 * `shared` counts the RUN and COPY of the file that the image has word for word: 0 for an image of something else.
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

/** Same kind, and same words where the builders keep them: a RUN always, a COPY unless the classic builder hashed it. */
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

/** A COPY of the classic builder, which keeps no words: it may be any. */
function isHashed({ text }: HistoryStep): boolean {
  return /^(file|dir|multi):[0-9a-f]{20,}/.test(text);
}

/** What the image's configuration tells better than its history does. Values with variables are not compared. */
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

/** Images of Python carry their version as a variable: the one thing of the base that outlives a build. */
function samePython(base: string, image: ImageFacts): boolean {
  const wanted = /(?:^|\/)python:(\d+\.\d+)/.exec(base)?.[1];
  const found = image.env.find((variable) => variable.startsWith('PYTHON_VERSION='))?.slice('PYTHON_VERSION='.length);
  return !wanted || !found || found === wanted || found.startsWith(`${wanted}.`);
}

/** Where the engine holds the base under its name, what lies between it and the file's own steps is of an older Dockerfile. */
function hasMore(image: ImageFacts, expected: number, base: ImageFacts | null): boolean {
  if (!base || base.history.length === 0 || base.history.some((step, index) => image.history[index]?.createdBy !== step.createdBy))
    return false;
  const own = image.history.slice(base.history.length).filter((step) => COMPARED.includes(readStep(step.createdBy).keyword));
  return own.length > expected;
}
