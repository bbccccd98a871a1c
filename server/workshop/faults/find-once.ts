import type { Edit } from '../../checkpoints/lesson-test/cases/case-schema.ts';
import type { StackCopy } from '../definitions.ts';

/** An edit that replaces a text in a file of the copy. Null if the text does not occur exactly once. */
export function replaceOnce(copy: StackCopy, file: string, replace: string, put: string): Edit | null {
  const source = copy.text(file) ?? '';
  const at = source.indexOf(replace);
  return replace === '' || at < 0 || source.includes(replace, at + 1) ? null : { file, replace, with: put };
}
