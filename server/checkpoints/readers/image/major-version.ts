import type { LabView } from '../../definitions.ts';

/**
 * The major version of a program in an image: from its tag, otherwise from the image's variables, whose first group is the number.
 * Null if neither tells it.
 */
export async function majorOf(view: LabView, image: string, variables: RegExp): Promise<number | null> {
  const byTag = /:v?(\d{1,2})(?:[.-]|@|$)/.exec(image)?.[1];
  if (byTag) return Number(byTag);
  const env = (await view.engine.image(image))?.env ?? [];
  return Number(env.map((variable) => variables.exec(variable)?.[1]).find((found) => found !== undefined)) || null;
}
