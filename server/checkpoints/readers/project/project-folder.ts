import type { LabView } from '../../definitions.ts';

/** The project folder as the engine's machine knows it. */
export async function projectFolder(view: LabView): Promise<string> {
  return (await view.tool(['pwd'])).stdout.trim();
}
