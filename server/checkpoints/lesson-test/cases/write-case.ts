import { existsSync } from 'node:fs';
import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EscaleError } from '../../../errors/escale-error.ts';
import type { Project } from '../../../projects/project.ts';
import { caseText } from './case-text.ts';

/** Refuses the folder of a case that is there already. */
export function refuseTaken(folder: string): void {
  if (!existsSync(folder)) return;
  throw new EscaleError('usage', 'case.exists', {
    message: `Il y a déjà un cas dans ${folder}.`,
    hint: 'Choisissez un autre nom, ou retirez ce dossier.',
  });
}

/** Makes the folder of a case; a failure on the way leaves nothing of it. */
export async function writeCase(folder: string, description: object, whole: Project): Promise<void> {
  refuseTaken(folder);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'case.json'), caseText(description));
    for (const [path, entry] of [...whole].sort(([one], [other]) => (one < other ? -1 : 1))) {
      const target = join(folder, path);
      await mkdir(entry.kind === 'folder' ? target : dirname(target), { recursive: true });
      if (entry.kind === 'link') await symlink(entry.target, target);
      if (entry.kind !== 'file') continue;
      await writeFile(target, entry.content);
      await chmod(target, entry.mode);
    }
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}
