import { LabUnavailable } from '../../../lab-engine/lab-unavailable.ts';
import type { LabView } from '../../definitions.ts';
import { secretsOfEnvFile } from '../../mask.ts';
import { composeSecrets } from './secret-values.ts';

/** Values of the project that nothing may show. Empty if the project cannot be read: then nothing of it is shown. */
export async function projectSecrets(view: LabView): Promise<string[]> {
  try {
    const names = (await view.rootNames()).filter((name) => /^\.env(\..+)?$/.test(name));
    const files = await Promise.all(names.map((name) => view.file(name)));
    return [...files.flatMap((file) => (file ? secretsOfEnvFile(file) : [])), ...(await composeSecrets(view))];
  } catch (error) {
    if (error instanceof LabUnavailable) return [];
    throw error;
  }
}
