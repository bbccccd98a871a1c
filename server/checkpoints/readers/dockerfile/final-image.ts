import type { DockerfileModel, FinalImage, Instruction } from './model.ts';

/** The chain of stages that the last one continues, from the image outside of the file; null without any FROM. */
export function finalImage(model: DockerfileModel): FinalImage | null {
  const last = model.stages.length - 1;
  return last < 0 ? null : imageOfStage(model, last);
}

/** The same for the stage at an index. */
export function imageOfStage(model: DockerfileModel, index: number): FinalImage | null {
  const instructions: Instruction[] = [];
  let at = index;
  for (;;) {
    const stage = model.stages[at];
    if (!stage) return null;
    instructions.unshift(...stage.instructions);
    const parent = model.stages
      .slice(0, at)
      .findLastIndex((other, place) => other.name === stage.base.toLowerCase() || String(place) === stage.base);
    if (parent < 0) return { base: stage.base, baseLine: stage.from.line, instructions };
    at = parent;
  }
}

/** The last instruction of a kind: the one that counts. */
export function lastOf(image: FinalImage, keyword: string): Instruction | null {
  return image.instructions.findLast((instruction) => instruction.keyword === keyword) ?? null;
}
