import type { LabView } from '../../definitions.ts';

/** The path of the project folder on the engine's machine. */
export async function projectFolder(view: LabView): Promise<string> {
  return (await view.tool(['pwd'])).stdout.trim();
}
