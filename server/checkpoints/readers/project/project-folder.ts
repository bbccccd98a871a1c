import type { LabView } from '../../definitions.ts';

/** Where the project of a lab is, as a shell writes it. */
export const PROJECT = '~/docker-etl-project';

/** The path of the project folder on the engine's machine. */
export async function projectFolder(view: LabView): Promise<string> {
  return (await view.tool(['pwd'])).stdout.trim();
}

/** The folder of the project in which the learner's terminal is, `src` for example. Null if one is at the root, or all are elsewhere. */
export async function terminalBelow(view: LabView): Promise<string | null> {
  const terminals = await view.terminals();
  if (terminals.length === 0) return null;
  const root = await projectFolder(view);
  if (terminals.includes(root)) return null;
  const below = terminals.find((path) => path.startsWith(`${root}/`));
  return below?.slice(root.length + 1) ?? null;
}
