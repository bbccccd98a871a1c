import type { Where } from '../../../../contract/verdict.ts';
import type { LabView } from '../../definitions.ts';
import { codeFiles, PROGRAM } from '../python/project-code.ts';

const FILES = 10;

/** The first line of the settings or of the code that contains a text. The program's file if there is none. */
export async function placeOfText(view: LabView, text: string): Promise<Where> {
  const settings = (await view.entries())
    .filter(({ path, kind }) => kind === 'file' && /^config\/[^/]+\.(ya?ml|json|toml|ini|env)$/.test(path))
    .slice(0, FILES);
  const read = await Promise.all(settings.map(async ({ path }) => ({ path, text: (await view.file(path)) ?? '' })));
  for (const file of [...read, ...(await codeFiles(view))]) {
    const index = file.text.split('\n').findIndex((line) => line.includes(text));
    if (index >= 0) return { file: file.path, line: index + 1 };
  }
  return { file: PROGRAM };
}
