import { posix } from 'node:path';
import { shellWords } from '../shell/shell-words.ts';
import { copyTarget } from './copied-sources.ts';
import type { FinalImage } from './model.ts';

/** Tools that install in `.venv` of the working folder by themselves, or by a setting. */
const OWN_VENV = /\buv\s+(sync|venv)\b|\bpdm\s+(install|sync)\b|\b(poetry|pipenv)\b.*\b(install|sync)\b/s;

/** Whether the Dockerfile makes the virtual environment at this path, or takes it from another stage. Otherwise it came from the learner's folder. */
export function makesVenv({ instructions }: FinalImage, path: string, workdir: string): boolean {
  const isIt = (word: string) => posix.resolve(workdir, word) === path;
  return instructions.some(({ keyword, text, json, flags }) => {
    if (keyword === 'RUN') {
      const words = json ?? shellWords(text);
      const tool = words.findIndex((word) => /^(virtualenv|venv)$/.test(posix.basename(word)));
      const made = tool >= 0 && words.slice(tool + 1).some(isIt);
      return made || (posix.basename(path) === '.venv' && OWN_VENV.test(text));
    }
    if (keyword !== 'COPY' || !flags.has('from')) return false;
    const target = posix.resolve(workdir, copyTarget({ text, json }));
    const names = (json ?? shellWords(text)).slice(0, -1);
    return (
      path === target ||
      path.startsWith(`${target === '/' ? '' : target}/`) ||
      names.some((name) => posix.basename(name) === posix.basename(path))
    );
  });
}
