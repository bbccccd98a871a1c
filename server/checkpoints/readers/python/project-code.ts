import type { Where } from '../../../../contract/verdict.ts';
import type { LabView } from '../../definitions.ts';

const FILES = 60;
export const PROGRAM = 'etl_pipeline.py';

/** The Python files of the project, the program first. */
export function codeFiles(view: LabView): Promise<{ path: string; text: string }[]> {
  return view.once('sandbox:code', async () => {
    const entries = await view.entries();
    const paths = entries
      .filter(({ path, kind }) => kind === 'file' && path.endsWith('.py') && !/(^|\/)(\.?venv|env|node_modules|site-packages)\//.test(path))
      .map(({ path }) => path)
      .sort((a, b) => Number(b === PROGRAM) - Number(a === PROGRAM) || a.localeCompare(b))
      .slice(0, FILES);
    const texts = await Promise.all(paths.map(async (path) => ({ path, text: await view.file(path) })));
    return texts.flatMap(({ path, text }) => (text === null ? [] : [{ path, text }]));
  });
}

/** The first line of code that matches a pattern, ignoring comments. */
export async function findInCode(view: LabView, pattern: RegExp): Promise<(Where & { text: string }) | null> {
  for (const { path, text } of await codeFiles(view)) {
    const line = lineOfCode(text, pattern);
    if (line !== null) return { file: path, line, text: text.split('\n')[line - 1]?.trim() ?? '' };
  }
  return null;
}

/** The number of the first line that matches, ignoring comments; null if none does. */
export function lineOfCode(text: string, pattern: RegExp): number | null {
  const index = text.split('\n').findIndex((line) => !/^\s*#/.test(line) && pattern.test(line));
  return index < 0 ? null : index + 1;
}

/** The place of that line, or the program's file if there is none. */
export async function placeInCode(view: LabView, ...patterns: readonly RegExp[]): Promise<{ file: string; line?: number }> {
  for (const pattern of patterns) {
    const found = await findInCode(view, pattern);
    if (found?.file) return { file: found.file, ...(found.line ? { line: found.line } : {}) };
  }
  return { file: PROGRAM };
}
