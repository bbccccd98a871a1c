import type { ComposeService } from '../compose/model.ts';
import { shellWords } from '../shell/shell-words.ts';

export const DATA = '/data/db';

/** The folder in which a service of MongoDB keeps its data: that of `--dbpath`, otherwise the image's. */
export function dataFolderOf({ command }: ComposeService): string {
  const words = (command ?? []).flatMap((word) => (/\s/.test(word) ? shellWords(word) : [word]));
  const given = words.map((word) => /^--dbpath=(.+)/.exec(word)?.[1]).find((one) => one !== undefined);
  const next = words.indexOf('--dbpath');
  return (given ?? (next >= 0 ? words[next + 1] : undefined) ?? DATA).replace(/(?<=.)\/+$/, '');
}
